/** The check of an IIN. A doubt is a warning: the document may be odd, and saving never waits for it. */

export type IinDoubt = '' | 'length' | 'date' | 'check';

const FIRST = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
const SECOND = [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2];

export function digits_of(text: string): string {
  return text.replace(/\D/g, '').slice(0, 12);
}

/** 890101 100 006: the birth, the century with the number, the check. */
export function grouped(text: string): string {
  const digits = digits_of(text);
  return [digits.slice(0, 6), digits.slice(6, 9), digits.slice(9)].filter(Boolean).join(' ');
}

export function doubt(iin: string): IinDoubt {
  if (!/^\d{12}$/.test(iin)) return 'length';
  if (!born(iin)) return 'date';
  return check_digit(iin) === Number(iin[11]) ? '' : 'check';
}

/** Null when both rows of weights give 10: such numbers are not given out. */
export function check_digit(iin: string): number | null {
  const first = weigh(iin, FIRST);
  if (first < 10) return first;
  const second = weigh(iin, SECOND);
  return second < 10 ? second : null;
}

function weigh(iin: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, place) => sum + weight * Number(iin[place]), 0) % 11;
}

function born(iin: string): boolean {
  const month = Number(iin.slice(2, 4));
  const day = Number(iin.slice(4, 6));
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/** Which form of a word goes with a number, in each language. */

/** One sentence in the forms its language has: ru one, few, many; en one, other; kk one for all. */
export type Forms = readonly string[];

export type Language = 'kk' | 'ru' | 'en';

/** The place of the right form. */
export function form(language: Language, n: number): number {
  const whole = Math.abs(Math.trunc(n));
  if (language === 'kk') return 0; // After a number a Kazakh noun stays in the singular.
  if (language === 'en') return whole === 1 ? 0 : 1;

  const ten = whole % 10;
  const hundred = whole % 100;
  if (ten === 1 && hundred !== 11) return 0;
  if (ten >= 2 && ten <= 4 && (hundred < 12 || hundred > 14)) return 1;
  return 2;
}

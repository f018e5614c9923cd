/** The check of an IIN, on numbers of people who cannot exist. */

import { check_digit, digits_of, doubt, grouped } from 'client/parts/iin';
import { describe, expect, test } from 'vitest';

describe('an IIN', () => {
  test.each(['890101100006', '951231201375'])('%s is without doubt', (iin) => {
    expect(doubt(iin)).toBe('');
  });

  test('a wrong check digit is doubted', () => {
    expect(doubt('890101100007')).toBe('check');
  });

  test('two digits changed about are doubted', () => {
    expect(doubt('980101100006')).toBe('check');
  });

  test('a month that there is not is doubted before the check digit', () => {
    expect(doubt('891301100006')).toBe('date');
  });

  test('a number cut short is doubted', () => {
    expect(doubt('89010110000')).toBe('length');
    expect(doubt('')).toBe('length');
  });

  test('the second row of weights is used when the first gives ten', () => {
    const tens = numbers().filter((iin) => first_row(iin) === 10);
    expect(tens.length).toBeGreaterThan(0);
    for (const iin of tens) expect(check_digit(iin)).not.toBe(10);
  });

  test('what is typed is kept as digits and shown in groups', () => {
    expect(digits_of('890101-100006 ')).toBe('890101100006');
    expect(grouped('890101100006')).toBe('890101 100 006');
    expect(grouped('8901')).toBe('8901');
  });
});

function numbers(): string[] {
  return Array.from({ length: 200 }, (_, n) => `8901011${String(n).padStart(4, '0')}0`);
}

function first_row(iin: string): number {
  return (
    Array.from(iin.slice(0, 11)).reduce((sum, digit, i) => sum + (i + 1) * Number(digit), 0) % 11
  );
}

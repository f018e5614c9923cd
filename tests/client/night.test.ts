/** Night on the screen follows the sun over Almaty. */

import { is_night, sun_height } from 'client/night';
import { describe, expect, test } from 'vitest';

const almaty = (month: number, day: number, hour: number, minute = 0) =>
  Date.UTC(2026, month - 1, day, hour - 5, minute);

describe('the night', () => {
  test('the sun stands highest at noon: 24 degrees in December, 70 in June', () => {
    expect(sun_height(almaty(12, 21, 11, 52))).toBeCloseTo(23.3, 0);
    expect(sun_height(almaty(6, 21, 11, 54))).toBeCloseTo(70.2, 0);
  });

  test('by the sun, a November evening is dark and the same hour in June is not', () => {
    expect(is_night('auto', almaty(11, 22, 19))).toBe(true);
    expect(is_night('auto', almaty(6, 22, 19))).toBe(false);
    expect(is_night('auto', almaty(11, 22, 12))).toBe(false);
  });

  test('what the person chose stands above the sun', () => {
    expect(is_night('dark', almaty(6, 22, 12))).toBe(true);
    expect(is_night('light', almaty(11, 22, 23))).toBe(false);
  });
});

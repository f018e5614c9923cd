/** What a letter cannot carry exactly is refused before it is written. */
import { encode_body } from 'client/sync/letter';
import { expect, test } from 'vitest';

test.each([1.5, 2 ** 53, Number.NaN, Number.POSITIVE_INFINITY, 1e21])('%d is refused', (number) => {
  expect(() => encode_body({ number })).toThrow(RangeError);
});

test('half of a character becomes the sign of a lost one', () => {
  expect(encode_body({ text: 'a\ud83d b\ude00 😀' })).toBe('{"text":"a\ufffd b\ufffd 😀"}');
});

test('minus nothing is nothing', () => {
  expect(encode_body({ number: -0 })).toBe('{"number":0}');
});

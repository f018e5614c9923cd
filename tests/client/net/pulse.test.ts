/** Ten seconds without a word, and nobody knows any more. */
import { Pulse } from 'client/net/pulse';
import { expect, test } from 'vitest';

let now = 1_000_000;
const wall = () => now;

test('is silent ten seconds after the last word, and not before', () => {
  const pulse = new Pulse(wall);
  expect([pulse.heard, pulse.silent()]).toEqual([0, false]);
  now += 9_999;
  expect(pulse.silent()).toBe(false);
  now += 1;
  expect(pulse.silent()).toBe(true);
  pulse.beat();
  expect([pulse.heard, pulse.silent()]).toEqual([now, false]);
});

test('a page that comes back has as long to be heard, and remembers when it last was', () => {
  const pulse = new Pulse(wall);
  pulse.beat();
  const heard = now;
  now += 3_600_000;
  pulse.wait();
  expect([pulse.heard, pulse.silent()]).toEqual([heard, false]);
  now += 10_000;
  expect(pulse.silent()).toBe(true);
});

test('a clock that was set back does not make it live for an hour', () => {
  const pulse = new Pulse(wall);
  pulse.beat();
  now -= 3_600_000;
  expect(pulse.silent()).toBe(true);
});

/** The device's time is evidence: how far it is off, since when, and whether it jumped. */
import { DeviceClock } from 'client/net/clock';
import { expect, test } from 'vitest';

function clock(start = 1_000_000) {
  const time = { wall: start, monotonic: 50 };
  const made = new DeviceClock(
    () => time.wall,
    () => time.monotonic,
  );
  const pass = (ms: number) => {
    time.wall += ms;
    time.monotonic += ms;
  };
  return { time, made, pass };
}

test('half of the round trip is added to what the store said', () => {
  const { made, pass } = clock();
  made.learn(1_005_000, 400);
  pass(9_000);
  expect(made.evidence()).toMatchObject({ at: 1_009_000, offset: 5_200, age: 9, jumps: 0 });
  expect(made.now()).toBe(1_014_200);
});

test('without an estimate the age is that of never', () => {
  expect(clock().made.evidence()).toMatchObject({ offset: 0, age: -1 });
});

test('a clock that was set is seen, and the estimate decides nothing any more', () => {
  const { made, time, pass } = clock();
  made.learn(1_000_000, 0);
  time.wall += 3_600_000;
  pass(1_000);
  expect(made.evidence()).toMatchObject({ age: -1, jumps: 1 });
  made.learn(1_001_000, 0);
  expect(made.evidence()).toMatchObject({ offset: -3_600_000, age: 0, jumps: 1 });
});

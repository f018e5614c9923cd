/** Numbers on the map can be read, and stay as near to their place as that allows. */

import { spread } from 'client/parts/map/spread';
import type { Point } from 'client/parts/projection';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const APART = 27;
const gap = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);

function least_gap(points: readonly Point[]): number {
  const gaps = points.flatMap((a, i) => points.slice(i + 1).map((b) => gap(a, b)));
  return Math.min(Number.POSITIVE_INFINITY, ...gaps);
}

test('what is apart already is not moved', () => {
  const points = [
    { x: 0, y: 0 },
    { x: 40, y: 0 },
    { x: 0, y: 30 },
  ];
  expect(spread(points, APART)).toEqual(points);
});

test('two on one spot part, and the spot stays between them', () => {
  const [a = { x: 0, y: 0 }, b = { x: 0, y: 0 }] = spread([point(5, 5), point(5, 5)], APART);
  expect(gap(a, b)).toBeGreaterThanOrEqual(APART - 1);
  expect((a.x + b.x) / 2).toBeCloseTo(5);
});

test('the same points part in the same way', () => {
  const points = [point(1, 1), point(1, 1), point(2, 1), point(9, 9)];
  expect(spread(points, APART)).toEqual(spread(points, APART));
});

test('a whole route seen from afar can still be read', () => {
  const stops = fc.array(
    fc.record({ x: fc.integer({ max: 60, min: 0 }), y: fc.integer({ max: 60, min: 0 }) }),
    {
      maxLength: 16,
    },
  );
  fc.assert(
    fc.property(stops, (points) => {
      const moved = spread(points, APART);
      expect(moved).toHaveLength(points.length);
      // Two thirds of a number's breadth: its figures are never covered.
      expect(least_gap(moved)).toBeGreaterThan(APART * 0.66);
    }),
  );
});

function point(x: number, y: number): Point {
  return { x, y };
}

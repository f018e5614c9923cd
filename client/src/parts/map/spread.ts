/** Numbers that would lie on one another are moved apart until each can be read. */

import type { Point } from '../projection';

const TURNS = 60;

/**
 * The points, each at least about `apart` from the others, and moved no more than that needs.
 *
 * The answer depends on nothing but the points: the same picture comes out every time.
 */
export function spread(points: readonly Point[], apart: number): Point[] {
  const moved = points.map(({ x, y }) => ({ x, y }));
  for (let turn = 0; turn < TURNS; turn += 1) {
    if (!push_apart(moved, apart)) break;
  }
  return moved;
}

/** One turn over all pairs; says whether any were still too near. */
function push_apart(points: Point[], apart: number): boolean {
  let pushed = false;
  for (const [i, one] of points.entries()) {
    for (const other of points.slice(i + 1)) {
      const [dx, dy] = [other.x - one.x, other.y - one.y];
      const gap = Math.hypot(dx, dy);
      if (gap >= apart - 0.5) continue;
      pushed = true;
      // Two on one very spot part sideways: there is no direction between them.
      const [ux, uy] = gap < 0.01 ? [1, 0.01 * (i + 1)] : [dx / gap, dy / gap];
      const step = (apart - gap) / 2;
      one.x -= ux * step;
      one.y -= uy * step;
      other.x += ux * step;
      other.y += uy * step;
    }
  }
  return pushed;
}

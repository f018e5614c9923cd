/** What of a street lies inside the picture: its longest piece there, for drawing its name on. */

import type { Point } from './projection';

const STEP = 6;
const CLEAR = 15;

/** The longest unbroken run of the line inside the box, written so that it reads left to right. */
export function longest_inside(line: readonly Point[], width: number, height: number): Point[] {
  const runs: Point[][] = [];
  let run: Point[] = [];
  for (let i = 1; i < line.length; i += 1) {
    const [from, to] = [line[i - 1], line[i]];
    const piece = from && to ? clip(from, to, width, height) : null;
    const last = run.at(-1);
    const [start, end] = piece ?? [];
    if (!start || !end) continue;
    if (!last || Math.hypot(last.x - start.x, last.y - start.y) > 0.5) {
      run = [start];
      runs.push(run);
    }
    run.push(end);
  }
  const best = runs.sort((a, b) => length_of(b) - length_of(a))[0] ?? [];
  return reads_backwards(best) ? best.reverse() : best;
}

export function length_of(line: readonly Point[]): number {
  let sum = 0;
  for (let i = 1; i < line.length; i += 1) {
    const [from, to] = [line[i - 1], line[i]];
    if (from && to) sum += Math.hypot(to.x - from.x, to.y - from.y);
  }
  return sum;
}

/** Points along a line, one every `step`. */
export function along(line: readonly Point[], step: number): Point[] {
  const points: Point[] = [];
  for (let i = 1; i < line.length; i += 1) {
    const [from, to] = [line[i - 1], line[i]];
    if (!from || !to) continue;
    const count = Math.max(1, Math.round(Math.hypot(to.x - from.x, to.y - from.y) / step));
    for (let k = 0; k < count; k += 1) {
      const t = k / count;
      points.push({ x: from.x + t * (to.x - from.x), y: from.y + t * (to.y - from.y) });
    }
  }
  return points;
}

/**
 * Where along its street a name can begin without touching what is taken; null when nowhere.
 *
 * The points of the name are taken for the names that come after it.
 */
export function free_start(line: readonly Point[], length: number, taken: Point[]): number | null {
  const points = along(line, STEP);
  const needed = Math.ceil(length / STEP);
  for (let start = 2; start + needed + 2 <= points.length; start += 1) {
    const name = points.slice(start, start + needed);
    const clear = name.every(({ x, y }) =>
      taken.every((other) => Math.hypot(other.x - x, other.y - y) > CLEAR),
    );
    if (!clear) continue;
    taken.push(...name);
    return start * STEP;
  }
  return null;
}

function reads_backwards(line: readonly Point[]): boolean {
  const [first, last] = [line[0], line.at(-1)];
  if (!first || !last) return false;
  const [dx, dy] = [last.x - first.x, last.y - first.y];
  return Math.abs(dx) > Math.abs(dy) * 0.3 ? dx < 0 : dy < 0;
}

/** Liang and Barsky's clipping of one segment to the box from 0,0. */
function clip(from: Point, to: Point, width: number, height: number): [Point, Point] | null {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const edges = [
    [-dx, from.x],
    [dx, width - from.x],
    [-dy, from.y],
    [dy, height - from.y],
  ] as const;
  let [enter, leave] = [0, 1];
  for (const [towards, room] of edges) {
    if (towards === 0 && room < 0) return null;
    if (towards < 0) enter = Math.max(enter, room / towards);
    if (towards > 0) leave = Math.min(leave, room / towards);
  }
  if (enter >= leave) return null;
  const at = (t: number) => ({ x: from.x + t * dx, y: from.y + t * dy });
  return [at(enter), at(leave)];
}

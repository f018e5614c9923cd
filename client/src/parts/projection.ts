/** From degrees to the picture: a small flat map, true to shape at Almaty's latitude. */

export interface Point {
  x: number;
  y: number;
}

/** A window on the city: degrees at its middle, and how many picture units a degree takes. */
export interface Window {
  lat: number;
  lon: number;
  scale: number;
  width: number;
  height: number;
}

/** A degree of longitude is shorter than one of latitude by this much, at 43.24 degrees north. */
const SQUEEZE = Math.cos((43.24 * Math.PI) / 180);
const METRES_A_DEGREE = 111_320;

/** `pairs` is latitude, longitude, latitude, longitude ... in `unit` parts of a degree. */
export function points_of(pairs: readonly number[], unit: number): { lat: number; lon: number }[] {
  const points: { lat: number; lon: number }[] = [];
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    points.push({ lat: (pairs[i] ?? 0) / unit, lon: (pairs[i + 1] ?? 0) / unit });
  }
  return points;
}

/** The window that shows all the points with a margin round them. */
export function window_on(
  points: readonly { lat: number; lon: number }[],
  width: number,
  height: number,
  margin: number,
): Window {
  const lats = points.map((point) => point.lat);
  const lons = points.map((point) => point.lon);
  const [south, north] = [Math.min(...lats), Math.max(...lats)];
  const [west, east] = [Math.min(...lons), Math.max(...lons)];
  const tall = Math.max(north - south, 0.004);
  const wide = Math.max((east - west) * SQUEEZE, 0.004);
  const scale = Math.min((width - 2 * margin) / wide, (height - 2 * margin) / tall);
  return { lat: (south + north) / 2, lon: (west + east) / 2, scale, width, height };
}

export function project(point: { lat: number; lon: number }, on: Window): Point {
  return {
    x: round(on.width / 2 + (point.lon - on.lon) * SQUEEZE * on.scale),
    y: round(on.height / 2 - (point.lat - on.lat) * on.scale),
  };
}

export function path_of(points: readonly Point[]): string {
  return points.map(({ x, y }, i) => `${i === 0 ? 'M' : 'L'}${x} ${y}`).join('');
}

/** Metres from a point to a line of points; all in degrees. */
export function metres_to(
  point: { lat: number; lon: number },
  line: readonly { lat: number; lon: number }[],
): number {
  const flat = line.map(({ lat, lon }) => ({
    x: (lon - point.lon) * SQUEEZE * METRES_A_DEGREE,
    y: (lat - point.lat) * METRES_A_DEGREE,
  }));
  if (flat.length === 1) return Math.hypot(flat[0]?.x ?? 0, flat[0]?.y ?? 0);
  let best = Number.POSITIVE_INFINITY;
  for (let i = 1; i < flat.length; i += 1) {
    const [from, to] = [flat[i - 1], flat[i]];
    if (from && to) best = Math.min(best, from_origin(from, to));
  }
  return best;
}

function from_origin(from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy || 1;
  const along = Math.min(1, Math.max(0, -(from.x * dx + from.y * dy) / length));
  return Math.hypot(from.x + along * dx, from.y + along * dy);
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

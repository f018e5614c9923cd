/** Records become lines and points; what has no place is not drawn somewhere else. */

import * as features from 'client/parts/map/features';
import { metres_between, nearest } from 'client/parts/map/nearest';
import { chosen_route, type MapMark, type MapRoute } from 'client/parts/map/shown';
import { choice_of, uppermost } from 'client/parts/map/touch';
import { expect, test } from 'vitest';

const stop = (number: number, lat: number, lon: number) => {
  return { number, lat, lon, name_kk: '', name_ru: '' };
};
const ROUTE: MapRoute = {
  id: 'r1',
  code: 'ALM-П-001',
  means: 'foot',
  line: [432_500_000, 769_000_000, 432_600_000, 769_100_000],
  checkpoints: [stop(1, 432_500_000, 769_000_000), stop(2, 432_600_000, 769_100_000)],
};
const MARK: MapMark = {
  kind: 'shift',
  id: 's1',
  name: 'П-17',
  lat: 432_500_000,
  lon: 769_000_000,
  shape: 'foot',
  tone: 'warn',
};

test('a route is a line with the longitude first', () => {
  const [drawn] = features.routes([ROUTE]).features;
  expect(drawn?.geometry).toEqual({
    type: 'LineString',
    coordinates: [
      [76.9, 43.25],
      [76.91, 43.26],
    ],
  });
  expect(drawn?.properties).toEqual({ id: 'r1', code: 'ALM-П-001', means: 'foot' });
});

test('a route of one point is no line', () => {
  expect(features.routes([{ ...ROUTE, line: [432_500_000, 769_000_000] }]).features).toEqual([]);
});

test('the stops of the chosen route are left to be spread', () => {
  const routes = [ROUTE, { ...ROUTE, id: 'r2' }];
  expect(features.stops(routes, 'r1').features.map((f) => f.properties?.id)).toEqual(['r2', 'r2']);
  expect(features.stops(routes, '').features).toHaveLength(4);
});

test('a violation without a place is not drawn', () => {
  const given = [
    { id: 'a', lat: null, lon: null },
    { id: 'b' },
    { id: 'c', lat: 432_500_000, lon: 769_000_000 },
  ];
  expect(features.violations(given).features.map((f) => f.properties?.id)).toEqual(['c']);
});

test.each([
  [{}, 'violation logged'],
  [{ state: 'returned' as const }, 'violation returned'],
  [{ state: 'accepted' as const, needs_backup: true }, 'violation backup'],
])('a violation %o looks like %s', (more, icon) => {
  const [drawn] = features.violations([{ id: 'a', lat: 1, lon: 1, ...more }]).features;
  expect(drawn?.properties?.icon).toBe(icon);
});

test('the chosen mark looks so and lies on top', () => {
  const [plain] = features.marks([MARK], '').features;
  const [chosen] = features.marks([MARK], 's1').features;
  expect(plain?.properties?.icon).toBe('mark foot warn');
  expect(chosen?.properties?.icon).toBe('mark foot chosen');
  expect(chosen?.properties?.rank).toBeGreaterThan(plain?.properties?.rank);
});

test('streets are those of the records; without any, those that the phone always has', () => {
  const line = [432_500_000, 769_000_000, 432_600_000, 769_100_000];
  const street = { id: 'x', name: 'Қабанбай батыр', lat: 0, lon: 0, type: 'street' as const, line };
  expect(features.streets([street], 'kk').features.map((f) => f.properties?.name)).toEqual([
    'Қабанбай батыр',
  ]);
  expect(features.labels([street]).features).toEqual([]);
  const known = features.streets([], 'kk').features.map((f) => f.properties?.name);
  expect(known).toContain('әл-Фараби даңғылы');
  expect(features.streets([], 'en').features.map((f) => f.properties?.name)).toContain('Абая');
});

test('the accuracy is a circle of so many metres', () => {
  const [ground] = features.here({ lat: 432_500_000, lon: 769_000_000, accuracy: 100 }).features;
  const ring = ground?.geometry.type === 'Polygon' ? (ground.geometry.coordinates[0] ?? []) : [];
  const middle = { lat: 432_500_000, lon: 769_000_000 };
  for (const [lon = 0, lat = 0] of ring) {
    const metres = metres_between(middle, { lat: lat * 1e7, lon: lon * 1e7 });
    expect(Math.abs(metres - 100)).toBeLessThan(1);
  }
  expect(ring[0]).toEqual(ring.at(-1));
  expect(features.here(null).features).toEqual([]);
});

test('a box holds all that was given, and of nothing there is none', () => {
  expect(features.box_of([ROUTE], [{ lat: 432_000_000, lon: 770_000_000 }])).toEqual([
    [76.9, 43.2],
    [77, 43.26],
  ]);
  expect(features.box_of([], [])).toBeNull();
});

test('a single route stands out, of many the chosen one', () => {
  const other = { ...ROUTE, id: 'r2' };
  expect(chosen_route({ routes: [ROUTE], chosen: null })).toBe('r1');
  expect(chosen_route({ routes: [ROUTE, other], chosen: null })).toBe('');
  const chosen = { kind: 'checkpoint', id: 'r2', number: 1 };
  expect(chosen_route({ routes: [ROUTE, other], chosen })).toBe('r2');
});

test('the nearest is the nearest', () => {
  const here = { lat: 432_590_000, lon: 769_100_000 };
  expect(nearest(here, ROUTE.checkpoints)?.number).toBe(2);
  expect(nearest(here, [])).toBeUndefined();
  const metres = metres_between({ lat: 432_500_000, lon: 0 }, { lat: 432_600_000, lon: 0 });
  expect(metres).toBeCloseTo(1113.2, 0);
});

test('a touch means the mark before the route under it, and a name last of all', () => {
  const layer = (id: string) => ({ layer: { id } });
  const found = [layer('place-name'), layer('route-foot'), layer('mark')];
  expect(uppermost(found)?.layer.id).toBe('mark');
  expect(uppermost([layer('place-name'), layer('route-foot')])?.layer.id).toBe('route-foot');
  expect(uppermost([])).toBeUndefined();
});

test('what was touched says its kind and its id', () => {
  const at = (id: string, properties: object) => choice_of({ layer: { id }, properties } as never);
  expect(at('mark', { kind: 'incident', id: 'i1' })).toEqual({ kind: 'incident', id: 'i1' });
  expect(at('stop', { id: 'r1', number: 4 })).toEqual({ kind: 'checkpoint', id: 'r1', number: 4 });
  expect(at('route-vehicle', { id: 'r1' })).toEqual({ kind: 'route', id: 'r1' });
});

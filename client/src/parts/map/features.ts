/** From records to what MapLibre draws: lines and points with a few properties, in degrees. */

import type { Feature, FeatureCollection, Position } from 'geojson';
import { AVENUES } from '../avenues';
import type { MapHere, MapLabel, MapMark, MapRoute, MapViolation } from './shown';

const E7 = 1e7;
const CIRCLE_SIDES = 48;
const METRES_A_DEGREE = 111_320;

/** The corners of a box: west and south, east and north; degrees. */
export type Box = [[number, number], [number, number]];

export interface Placed {
  lat: number;
  lon: number;
}

/** The streets among the labels, or the avenues that the phone always has. */
export function streets(labels: readonly MapLabel[], language: string): FeatureCollection {
  const given = labels.flatMap(({ id, name, line = [] }) =>
    line.length < 4 ? [] : [{ id, name, coordinates: pairs(line, E7) }],
  );
  const known = () =>
    AVENUES.map((avenue, id) => ({
      id: String(id),
      name: language === 'kk' ? avenue.kk : avenue.ru,
      coordinates: pairs(avenue.points, 1e4),
    }));
  return collected(
    (given.length > 0 ? given : known()).map(({ id, name, coordinates }) => ({
      type: 'Feature',
      properties: { id, name },
      geometry: { type: 'LineString', coordinates },
    })),
  );
}

export function routes(all: readonly MapRoute[]): FeatureCollection {
  return collected(
    all
      .filter(({ line }) => line.length >= 4)
      .map(({ id, code, means, line }) => ({
        type: 'Feature',
        properties: { id, code, means },
        geometry: { type: 'LineString', coordinates: pairs(line, E7) },
      })),
  );
}

/** The stops of every route but the chosen one, whose stops are spread and drawn apart. */
export function stops(all: readonly MapRoute[], chosen: string): FeatureCollection {
  const others = all.filter(({ id }) => id !== chosen);
  return collected(
    others.flatMap((route) =>
      route.checkpoints.map((stop) =>
        at(stop, { id: route.id, number: stop.number, icon: `stop ${stop.number}` }),
      ),
    ),
  );
}

export function violations(all: readonly MapViolation[]): FeatureCollection {
  return collected(
    all.flatMap(({ id, lat, lon, state = 'logged', needs_backup }) =>
      lat == null || lon == null
        ? []
        : [at({ lat, lon }, { id, icon: `violation ${needs_backup ? 'backup' : state}` })],
    ),
  );
}

export function marks(all: readonly MapMark[], chosen: string): FeatureCollection {
  return collected(
    all.map((mark) => {
      const { kind, id, name, shape, tone } = mark;
      const looks = id === chosen ? 'chosen' : tone;
      return at(mark, { kind, id, name, icon: `mark ${shape} ${looks}`, rank: RANK[looks] });
    }),
  );
}

/** Which of two that stand on one spot is drawn over the other. */
const RANK = { quiet: 0, calm: 1, warn: 2, danger: 3, chosen: 4 } as const;

export function labels(all: readonly MapLabel[]): FeatureCollection {
  const points = all.filter(({ type, line = [] }) => type !== 'street' || line.length < 4);
  return collected(
    points.map((label) => at(label, { id: label.id, name: label.name, type: label.type })),
  );
}

/** The ground on which the person stands for certain, and the spot in its middle. */
export function here(place: MapHere | null): FeatureCollection {
  if (!place) return collected([]);
  return collected([
    {
      type: 'Feature',
      properties: {},
      geometry: { type: 'Polygon', coordinates: [circle(place)] },
    },
    at(place, {}),
  ]);
}

/** The box round everything given, or null when nothing has a place. */
export function box_of(
  lines: readonly Pick<MapRoute, 'line' | 'checkpoints'>[],
  points: readonly Placed[],
): Box | null {
  const all = [
    ...lines.flatMap(({ line, checkpoints }) => [...pairs(line, E7), ...checkpoints.map(position)]),
    ...points.map(position),
  ];
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon = 0, lat = 0] of all) {
    west = Math.min(west, lon);
    south = Math.min(south, lat);
    east = Math.max(east, lon);
    north = Math.max(north, lat);
  }
  return all.length === 0
    ? null
    : [
        [west, south],
        [east, north],
      ];
}

export function position({ lat, lon }: Placed): [number, number] {
  return [lon / E7, lat / E7];
}

export function at(place: Placed, properties: Record<string, unknown>): Feature {
  return { type: 'Feature', properties, geometry: { type: 'Point', coordinates: position(place) } };
}

export function collected(features: Feature[]): FeatureCollection {
  return { type: 'FeatureCollection', features };
}

function circle(place: MapHere): Position[] {
  const [lon, lat] = position(place);
  const tall = Math.max(place.accuracy, 0) / METRES_A_DEGREE;
  const wide = tall / Math.cos((lat * Math.PI) / 180);
  return Array.from({ length: CIRCLE_SIDES + 1 }, (_, side) => {
    const angle = (2 * Math.PI * (side % CIRCLE_SIDES)) / CIRCLE_SIDES;
    return [lon + wide * Math.cos(angle), lat + tall * Math.sin(angle)];
  });
}

/** From latitude, longitude, latitude ... to pairs with the longitude first, as GeoJSON wants. */
function pairs(line: readonly number[], unit: number): Position[] {
  const out: Position[] = [];
  for (let i = 0; i + 1 < line.length; i += 2) {
    out.push([(line[i + 1] ?? 0) / unit, (line[i] ?? 0) / unit]);
  }
  return out;
}

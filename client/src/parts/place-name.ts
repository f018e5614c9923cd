/** A name for where one stands, out of what the phone knows: a checkpoint, a crossing, a street. */

import { AVENUES } from './avenues';
import { metres_to, points_of } from './projection';

const UNIT = 1e7;
const CHECKPOINT_NEAR = 60;
const STREET_NEAR = 120;

export interface Named {
  lat: number;
  lon: number;
  name: string;
}

/** The nearest name, or '' when nothing known is near: then a person types it. */
export function place_name(
  at: { lat: number; lon: number },
  known: readonly Named[],
  language: 'kk' | 'ru',
): { name: string; exact: boolean } {
  const here = { lat: at.lat / UNIT, lon: at.lon / UNIT };
  const near = known
    .map(({ lat, lon, name }) => ({
      name,
      away: metres_to(here, [{ lat: lat / UNIT, lon: lon / UNIT }]),
    }))
    .sort((a, b) => a.away - b.away)[0];
  if (near && near.away <= CHECKPOINT_NEAR) return { name: near.name, exact: true };

  const streets = AVENUES.map((avenue) => ({
    name: avenue[language],
    away: metres_to(here, points_of(avenue.points, 1e4)),
  }))
    .filter(({ away }) => away <= STREET_NEAR)
    .sort((a, b) => a.away - b.away)
    .slice(0, 2);
  const name = streets.map((street) => street.name).join(' – ');
  return { name, exact: streets.length === 2 };
}

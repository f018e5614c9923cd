/** How far things are from a person; all in 1e-7 degrees, answers in metres. */

import { metres_to } from '../projection';

interface Placed {
  lat: number;
  lon: number;
}

const degrees = ({ lat, lon }: Placed) => ({ lat: lat / 1e7, lon: lon / 1e7 });

export function metres_between(one: Placed, other: Placed): number {
  return metres_to(degrees(one), [degrees(other)]);
}

/** The nearest of some places; undefined of none. */
export function nearest<P extends Placed>(to: Placed, places: readonly P[]): P | undefined {
  return [...places].sort((a, b) => metres_between(to, a) - metres_between(to, b))[0];
}

/** What a map is given to show, and what it says was chosen. Places are in 1e-7 degrees, as in the records. */

import type { Route } from '../../sync/contract.gen';

/** A route's record with its id: `{ id, ...body }` will do. */
export interface MapRoute extends Pick<Route, 'code' | 'means' | 'line' | 'checkpoints'> {
  id: string;
}

/** How much a thing asks to be looked at; never told by colour alone. */
export type Tone = 'calm' | 'quiet' | 'warn' | 'danger';

/** A crew, a shift where it starts, an incident: whatever stands at one place and has a short name. */
export interface MapMark {
  /** Handed back in the choice: 'shift', 'person', 'incident' ... */
  kind: string;
  id: string;
  /** At most a call sign: 'П-17'. */
  name: string;
  lat: number;
  lon: number;
  /** Round on foot, square by vehicle, and an eight-cornered plate for what is not a crew. */
  shape: 'foot' | 'vehicle' | 'plate';
  tone: Tone;
}

/** A violation's record with its id; one without a place is not shown. */
export interface MapViolation {
  id: string;
  lat?: number | null;
  lon?: number | null;
  state?: 'logged' | 'returned' | 'accepted' | 'annulled';
  needs_backup?: boolean;
}

/** A name written on the ground, in the language spoken. */
export interface MapLabel {
  id: string;
  name: string;
  lat: number;
  lon: number;
  /** Districts are read from afar, places from nearer; a street is drawn as its line. */
  type: 'district' | 'place' | 'street';
  /** Of a street: latitude, longitude, latitude ... */
  line?: readonly number[];
}

/** Where the person is; metres of accuracy. */
export interface MapHere {
  lat: number;
  lon: number;
  accuracy: number;
}

/** The kind is 'route', 'checkpoint', 'violation', 'label' or a mark's own; `number` is a checkpoint's. */
export interface MapChoice {
  kind: string;
  /** Of a checkpoint: its route's. */
  id: string;
  number?: number;
}

/** All that a map shows: the properties of `<kezek-map>`. */
export interface Shown {
  label: string;
  language: 'kk' | 'ru' | 'en';
  routes: readonly MapRoute[];
  marks: readonly MapMark[];
  violations: readonly MapViolation[];
  labels: readonly MapLabel[];
  here: MapHere | null;
  chosen: MapChoice | null;
  next: number;
  embedded: boolean;
}

/** The route that stands out: the chosen one, the only one, or '' for none. */
export function chosen_route({ routes, chosen }: Pick<Shown, 'routes' | 'chosen'>): string {
  if (chosen?.kind === 'route' || chosen?.kind === 'checkpoint') return chosen.id;
  return routes.length === 1 ? (routes[0]?.id ?? '') : '';
}

/** What every form of a record has: a place, a time, some words, and what is still missing. */

import type { Body } from '../sync/contract.gen';
import type { Key } from '../words';

export interface Form {
  place: string;
  lat: number | null;
  lon: number | null;
  accuracy: number;
  /** 0 until the first touch: an untouched form shows the time that it is. */
  happened: number;
  text: string;
}

export const BLANK: Form = { place: '', lat: null, lon: null, accuracy: -1, happened: 0, text: '' };

/** A form with what a body says of the fields that both have. */
export function filled<F extends Form>(blank: F, body: Body): F {
  const said = Object.entries(body).filter(([name, value]) => name in blank && value !== undefined);
  return { ...blank, ...Object.fromEntries(said) };
}

/** A thing still missing: its name, and the element to go to. */
export interface Need {
  words: Key;
  at: string;
}

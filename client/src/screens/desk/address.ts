/** The address of what a desk shows: room and conditions, and nothing that is anybody's. */

import type { RoomName } from './rooms';

/** A text that is looked for may be a name: it has no place in an address. */
export const FACETS = ['district', 'article', 'status', 'role', 'means'] as const;
export type Facet = (typeof FACETS)[number];
export type Conditions = { readonly [facet in Facet]?: string };

export interface Address {
  room: string;
  conditions: Conditions;
}

const SAFE = /^[\p{L}\p{N}_.-]{1,24}$/u;

/** From `#violations?district=ALM`; whatever is not a condition is left out. */
export function read_address(hash: string): Address {
  const [room = '', query = ''] = hash.replace(/^#/, '').split('?');
  const said = new URLSearchParams(query);
  const known = FACETS.map((facet) => [facet, said.get(facet) ?? ''] as const);
  const conditions = Object.fromEntries(known.filter(([, value]) => SAFE.test(value)));
  return { room: decodeURIComponent(room), conditions };
}

export function write_address(room: RoomName, conditions: Conditions): string {
  const query = new URLSearchParams();
  for (const facet of FACETS) if (conditions[facet]) query.set(facet, conditions[facet]);
  const text = query.toString();
  return `#${room}${text ? `?${text}` : ''}`;
}

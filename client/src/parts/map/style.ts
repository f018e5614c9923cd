/** How the map looks by day and by night: every colour is one of the page's tokens. */

import type { StyleSpecification } from 'maplibre-gl';
import { layers } from './layers';

const TOKENS = [
  'map-land',
  'map-road',
  'map-edge',
  'map-text',
  'map-here',
  'surface',
  'ink',
  'ink-2',
  'ink-3',
  'line',
  'accent',
  'act',
  'on-act',
  'danger',
  'on-danger',
  'warn',
  'good',
  'lamp-off',
  'on-lamp',
] as const;

export type Colours = Record<(typeof TOKENS)[number], string>;

export const SOURCES = [
  'street',
  'label',
  'route',
  'stop',
  'violation',
  'leader',
  'chosen-stop',
  'mark',
  'here',
] as const;
export type SourceName = (typeof SOURCES)[number];

/** Violations nearer to one another than this are told as a number. */
const CLUSTER_PX = 46;
const CLUSTERED_TO = 14;

/** `read` answers a custom property of the page: '--map-land' and the like. */
export function colours(read: (token: string) => string): Colours {
  const entries = TOKENS.map((token) => [token, read(`--${token}`).trim() || '#808080']);
  return Object.fromEntries(entries) as Colours;
}

export function style(c: Colours, chosen: string, still: boolean): StyleSpecification {
  const empty = { type: 'FeatureCollection' as const, features: [] };
  const sources: StyleSpecification['sources'] = {};
  for (const name of SOURCES) {
    sources[name] =
      name === 'violation'
        ? {
            type: 'geojson',
            data: empty,
            cluster: true,
            clusterRadius: CLUSTER_PX,
            clusterMaxZoom: CLUSTERED_TO,
          }
        : { type: 'geojson', data: empty };
  }
  return {
    version: 8,
    transition: { duration: still ? 0 : 200, delay: 0 },
    sources,
    layers: layers(c, chosen),
  };
}

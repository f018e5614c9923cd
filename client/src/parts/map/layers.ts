/** What is drawn over what, and how; every name is written in Golos. */

import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { Colours, SourceName } from './style';

/** In danger, and chosen: see the ranks of marks. */
const LOUD = 3;
const FONT = ['Golos'];
const FOOT: ExpressionSpecification = ['==', ['get', 'means'], 'foot'];
const VEHICLE: ExpressionSpecification = ['!=', ['get', 'means'], 'foot'];

/** From the ground up; of two names that want one place the one further down this list has it. */
export function layers(c: Colours, chosen: string): LayerSpecification[] {
  return [
    { id: 'land', type: 'background', paint: { 'background-color': c['map-land'] } },
    ...ground(c),
    ...ways(c, chosen),
    crews('mark', ['<', ['get', 'rank'], LOUD], c),
    name('district-name', 'label', c, {
      maxzoom: 12.2,
      filter: ['==', ['get', 'type'], 'district'],
      // Whatever lies there: without them nobody knows where he looks.
      layout: { 'text-size': by_zoom(13, 16, 20), 'text-max-width': 7, 'text-allow-overlap': true },
    }),
    ...logged(c),
    ...points(c),
    crews('mark-loud', ['>=', ['get', 'rank'], LOUD], c),
    ...myself(c),
  ];
}

function ground(c: Colours): LayerSpecification[] {
  const line = { 'line-cap': 'round', 'line-join': 'round' } as const;
  return [
    {
      id: 'street-edge',
      type: 'line',
      source: 'street',
      layout: line,
      paint: { 'line-color': c['map-edge'], 'line-width': by_zoom(2.4, 6, 13.5) },
    },
    {
      id: 'street',
      type: 'line',
      source: 'street',
      layout: line,
      paint: { 'line-color': c['map-road'], 'line-width': by_zoom(1.4, 4.2, 11) },
    },
    name('street-name', 'street', c, {
      minzoom: 11.5,
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 200,
        'text-size': by_zoom(10, 11, 13.5),
      },
      around: c['map-road'],
    }),
    name('place-name', 'label', c, {
      minzoom: 13,
      filter: ['==', ['get', 'type'], 'place'],
      layout: { 'text-size': 12, 'text-max-width': 8 },
    }),
    name('label-street-name', 'label', c, {
      minzoom: 15,
      filter: ['==', ['get', 'type'], 'street'],
      layout: { 'text-size': 11, 'text-max-width': 8 },
    }),
  ];
}

/** Routes: on foot broken, by vehicle whole; the chosen one wide, the others stepping back. */
function ways(c: Colours, chosen: string): LayerSpecification[] {
  const others: ExpressionSpecification = ['!=', ['get', 'id'], chosen];
  const this_one: ExpressionSpecification = ['==', ['get', 'id'], chosen];
  const back = chosen ? 0.45 : 1;
  return [
    way('route-casing', others, { 'line-color': c['map-land'], 'line-width': by_zoom(2, 4.5, 9) }),
    way('route-vehicle', ['all', others, VEHICLE], {
      'line-color': c.accent,
      'line-width': by_zoom(0.9, 2.4, 5),
      'line-opacity': faint(back),
    }),
    way('route-foot', ['all', others, FOOT], {
      'line-color': c.act,
      'line-width': by_zoom(0.9, 2.4, 5),
      'line-dasharray': [1.6, 1.2],
      'line-opacity': faint(back),
    }),
    way('chosen-casing', this_one, { 'line-color': c.surface, 'line-width': by_zoom(6, 10, 15) }),
    way('chosen-vehicle', ['all', this_one, VEHICLE], {
      'line-color': c.accent,
      'line-width': by_zoom(3.5, 6, 9),
    }),
    way('chosen-foot', ['all', this_one, FOOT], {
      'line-color': c.accent,
      'line-width': by_zoom(3.5, 6, 9),
      'line-dasharray': [1.5, 0.8],
    }),
    name('route-name', 'route', c, {
      minzoom: 12.8,
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 420,
        'text-field': ['get', 'code'],
        'text-offset': [0, -0.9],
        'text-size': 12,
      },
      ink: c.act,
    }),
  ];
}

function logged(c: Colours): LayerSpecification[] {
  return [
    {
      id: 'violation-cluster',
      type: 'symbol',
      source: 'violation',
      filter: ['has', 'point_count'],
      layout: {
        'icon-image': [
          'step',
          ['get', 'point_count'],
          'cluster 1',
          100,
          'cluster 2',
          1000,
          'cluster 3',
        ],
        'icon-allow-overlap': true,
        'text-field': ['to-string', ['get', 'point_count']],
        'text-font': FONT,
        'text-size': 12,
        'text-allow-overlap': true,
      },
      paint: { 'text-color': c.ink },
    },
    {
      id: 'violation',
      type: 'symbol',
      source: 'violation',
      filter: ['!', ['has', 'point_count']],
      layout: { 'icon-image': ['get', 'icon'], 'icon-size': 0.9, 'icon-allow-overlap': true },
    },
  ];
}

function points(c: Colours): LayerSpecification[] {
  return [
    {
      id: 'stop',
      type: 'symbol',
      source: 'stop',
      minzoom: 13.5,
      layout: { 'icon-image': ['get', 'icon'], 'icon-size': 0.8, 'icon-padding': 1 },
    },
    {
      id: 'leader',
      type: 'line',
      source: 'leader',
      paint: { 'line-color': c.act, 'line-width': 2 },
    },
    {
      id: 'chosen-stop',
      type: 'symbol',
      source: 'chosen-stop',
      layout: {
        'icon-image': ['get', 'icon'],
        'icon-allow-overlap': true,
        'symbol-sort-key': ['get', 'rank'],
      },
    },
  ];
}

function myself(c: Colours): LayerSpecification[] {
  return [
    {
      id: 'here-ground',
      type: 'fill',
      source: 'here',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': c['map-here'], 'fill-opacity': 0.18 },
    },
    {
      id: 'here',
      type: 'circle',
      source: 'here',
      filter: ['==', ['geometry-type'], 'Point'],
      paint: {
        'circle-color': c['map-here'],
        'circle-radius': 7,
        'circle-stroke-color': c.surface,
        'circle-stroke-width': 3,
      },
    },
  ];
}

/** Who is in danger, or chosen, is never under anything; the others make room for numbers. */
function crews(id: string, filter: ExpressionSpecification, c: Colours): LayerSpecification {
  return {
    id,
    type: 'symbol',
    source: 'mark',
    filter,
    layout: {
      'icon-image': ['get', 'icon'],
      'icon-size': by_zoom(0.55, 1, 1.1),
      'icon-allow-overlap': true,
      'symbol-sort-key': ['get', 'rank'],
      'text-field': ['step', ['zoom'], '', 12.5, ['get', 'name']],
      'text-font': FONT,
      'text-size': 12,
      'text-anchor': 'left',
      'text-offset': [1, 0],
      'text-optional': true,
    },
    paint: { 'text-color': c.ink, 'text-halo-color': c['map-land'], 'text-halo-width': 1.6 },
  };
}

interface Named {
  minzoom?: number;
  maxzoom?: number;
  filter?: ExpressionSpecification;
  layout: Record<string, unknown>;
  ink?: string;
  around?: string;
}

function name(id: string, source: SourceName, c: Colours, more: Named): LayerSpecification {
  const { layout, ink, around, ...rest } = more;
  return {
    id,
    type: 'symbol',
    source,
    ...rest,
    layout: { 'text-field': ['get', 'name'], 'text-font': FONT, 'text-padding': 4, ...layout },
    paint: {
      'text-color': ink ?? c['map-text'],
      'text-halo-color': around ?? c['map-land'],
      'text-halo-width': 1.6,
    },
  } as LayerSpecification;
}

function way(
  id: string,
  filter: ExpressionSpecification,
  paint: Record<string, unknown>,
): LayerSpecification {
  const round = !('line-dasharray' in paint);
  return {
    id,
    type: 'line',
    source: 'route',
    filter,
    layout: { 'line-cap': round ? 'round' : 'butt', 'line-join': 'round' },
    paint,
  } as LayerSpecification;
}

/** A size over the whole city, over a district, and in one street. */
function by_zoom(far: number, near: number, close: number): ExpressionSpecification {
  return ['interpolate', ['exponential', 1.4], ['zoom'], 10, far, 13.5, near, 17, close];
}

/** Five hundred and fifty routes at once are ground, not figure: they come forward with the zoom. */
function faint(most: number): ExpressionSpecification {
  return ['interpolate', ['linear'], ['zoom'], 10, 0.3 * most, 12.5, 0.6 * most, 14, most];
}

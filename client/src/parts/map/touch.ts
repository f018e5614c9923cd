/** A finger or a pointer on the map: what lies there, told once. */

import type { Map as Drawn, GeoJSONSource, MapGeoJSONFeature, PointLike } from 'maplibre-gl';
import type { MapChoice } from './shown';

/** Kinds by layer; a mark says its kind itself. */
const KINDS: Record<string, string> = {
  'mark-loud': '',
  mark: '',
  'chosen-stop': 'checkpoint',
  stop: 'checkpoint',
  violation: 'violation',
  'violation-cluster': 'cluster',
  'district-name': 'label',
  'place-name': 'label',
  'label-street-name': 'label',
  'chosen-vehicle': 'route',
  'chosen-foot': 'route',
  'route-vehicle': 'route',
  'route-foot': 'route',
};
const LAYERS = Object.keys(KINDS);
/** A finger is thick: 24 px round the point that it touched. */
const REACH = 12;

export function touched(map: Drawn, tell: (choice: MapChoice) => void): void {
  map.on('click', ({ point: { x, y } }) => {
    const box: [PointLike, PointLike] = [
      [x - REACH, y - REACH],
      [x + REACH, y + REACH],
    ];
    const found = uppermost(map.queryRenderedFeatures(box, { layers: LAYERS }));
    if (!found) return;
    if (KINDS[found.layer.id] === 'cluster') void open_up(map, found);
    else tell(choice_of(found));
  });
  map.on('mouseenter', LAYERS, () => map.getCanvas().classList.add('over'));
  map.on('mouseleave', LAYERS, () => map.getCanvas().classList.remove('over'));
}

/** Points before lines before names, whatever is drawn over what. */
export function uppermost<T extends { layer: { id: string } }>(found: readonly T[]): T | undefined {
  const rank = ({ layer }: T) =>
    KINDS[layer.id] === 'label' ? LAYERS.length : LAYERS.indexOf(layer.id);
  return [...found].sort((a, b) => rank(a) - rank(b))[0];
}

export function choice_of(found: Pick<MapGeoJSONFeature, 'layer' | 'properties'>): MapChoice {
  const { id, kind, number } = found.properties;
  const choice = { kind: KINDS[found.layer.id] || String(kind), id: String(id) };
  return choice.kind === 'checkpoint' ? { ...choice, number: Number(number) } : choice;
}

/** A cluster opens by coming nearer. */
async function open_up(map: Drawn, found: MapGeoJSONFeature): Promise<void> {
  const source = map.getSource<GeoJSONSource>('violation');
  if (!source || found.geometry.type !== 'Point') return;
  const zoom = await source.getClusterExpansionZoom(Number(found.properties.cluster_id));
  map.easeTo({ center: found.geometry.coordinates as [number, number], zoom: zoom + 0.2 });
}

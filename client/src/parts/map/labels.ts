/** The names that the city's records give to the ground. */

import type { Kept } from '../../port';
import type { District, Place } from '../../sync/contract.gen';
import { named } from '../../words';
import type { MapLabel } from './shown';

export function map_labels(
  districts: readonly Kept<District>[],
  places: readonly Kept<Place>[],
): MapLabel[] {
  return [
    ...districts.map(({ id, body }): MapLabel => {
      return { id, name: named(body, 'name'), lat: body.lat, lon: body.lon, type: 'district' };
    }),
    ...places.map(({ id, body }): MapLabel => {
      const { lat, lon, line } = body;
      const type = body.type === 'street' ? 'street' : 'place';
      return { id, name: named(body, 'name'), lat, lon, type, line };
    }),
  ];
}

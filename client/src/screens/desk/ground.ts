/** What the desk's map shows, made anew only when the records under it have changed. */

import type { MapLabel, MapMark, MapRoute, MapViolation } from '../../parts/map/map';
import type { App, Kept } from '../../port';
import type { Body, District, Place, Route, Shift, Violation } from '../../sync/contract.gen';
import { named } from '../../words';
import type { Names } from './names';
import { remembered } from './remembered';

export class Ground {
  constructor(
    private readonly app: App,
    private readonly names: Names,
  ) {}

  routes(): readonly MapRoute[] {
    return this.#routes(this.app.all<Route>('route'));
  }

  /** One mark a crew, where its route begins: nobody's position is known. */
  crews(shifts: readonly Kept<Body>[]): readonly MapMark[] {
    return this.#crews(shifts as unknown as readonly Kept<Shift>[], this.app.all<Route>('route'));
  }

  violations(rows: readonly Kept<Body>[]): readonly MapViolation[] {
    return this.#violations(rows as unknown as readonly Kept<Violation>[]);
  }

  labels(language: string): readonly MapLabel[] {
    return this.#labels(this.app.all<District>('district'), this.app.all<Place>('place'), language);
  }

  #routes = remembered((all: readonly Kept<Route>[]): readonly MapRoute[] =>
    all.map(({ id, body }) => ({ id, ...body })),
  );

  #crews = remembered(
    (shifts: readonly Kept<Shift>[], _routes: readonly Kept<Route>[]): readonly MapMark[] => {
      const marks = new Map<string, MapMark>();
      for (const { id, body } of shifts) {
        const route = this.app.record<Route>('route', body.route)?.body;
        const [start] = route?.checkpoints ?? [];
        if (!route || !start || marks.has(body.route)) continue;
        const shape = route.means === 'foot' ? 'foot' : 'vehicle';
        const tone = body.state === 'cancelled' || body.state === 'ended' ? 'quiet' : 'calm';
        const name = this.names.call_sign(body.person);
        marks.set(body.route, {
          kind: 'shift',
          id,
          name,
          lat: start.lat,
          lon: start.lon,
          shape,
          tone,
        });
      }
      return [...marks.values()];
    },
  );

  #violations = remembered((rows: readonly Kept<Violation>[]): readonly MapViolation[] =>
    rows
      .filter(({ body }) => typeof body.lat === 'number')
      .map(({ id, body }) => ({
        id,
        lat: body.lat ?? null,
        lon: body.lon ?? null,
        state: body.state ?? 'logged',
        needs_backup: body.needs_backup ?? false,
      })),
  );

  #labels = remembered(
    (
      districts: readonly Kept<District>[],
      places: readonly Kept<Place>[],
      _language: string,
    ): readonly MapLabel[] => [
      ...districts.map(({ id, body: { lat, lon, ...body } }) => ({
        id,
        name: named(body, 'name'),
        lat,
        lon,
        type: 'district' as const,
      })),
      ...places
        .filter(({ body }) => body.type !== 'street')
        .map(({ id, body: { lat, lon, ...body } }) => ({
          id,
          name: named(body, 'name'),
          lat,
          lon,
          type: 'place' as const,
        })),
    ],
  );
}

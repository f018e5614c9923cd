/** The route over the streets of the city, drawn from what is in the phone: no tiles, no network. */

import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { AVENUES } from './avenues';
import { along, free_start, longest_inside } from './clip';
import { look } from './look';
import { type Point, path_of, points_of, project, type Window, window_on } from './projection';

export interface Stop {
  number: number;
  lat: number;
  lon: number;
}

const WIDTH = 360;
const HEIGHT = 240;
const LETTER = 5.6;

@customElement('kezek-route-map')
export class RouteMap extends LitElement {
  static override styles = [
    look,
    css`
      svg {
        inline-size: 100%;
        block-size: auto;
        max-block-size: 400px;
        background: var(--map-land);
      }
      path {
        fill: none;
        stroke-linejoin: round;
        stroke-linecap: round;
      }
      .edge {
        stroke: var(--map-edge);
        stroke-width: 11;
      }
      .road {
        stroke: var(--map-road);
        stroke-width: 8.5;
      }
      .water {
        stroke: var(--map-water);
        stroke-width: 9;
      }
      .halo {
        stroke: var(--surface);
        stroke-width: 10;
      }
      .route {
        stroke: var(--accent);
        stroke-width: 6;
      }
      .name {
        font-size: 10.5px;
        font-weight: 520;
        fill: var(--map-text);
        stroke: var(--map-land);
        stroke-width: 3;
        paint-order: stroke;
      }
      circle {
        fill: var(--surface);
        stroke: var(--act);
        stroke-width: 3;
      }
      .first circle {
        fill: var(--act);
        stroke: var(--surface);
      }
      .stop text {
        font-size: 11px;
        font-weight: 720;
        fill: var(--ink);
        text-anchor: middle;
      }
      .first text {
        fill: var(--on-act);
      }
    `,
  ];

  /** Latitude, longitude, latitude ... in 1e-7 degrees. */
  @property({ attribute: false }) line: readonly number[] = [];
  @property({ attribute: false }) stops: readonly Stop[] = [];
  @property() street_names: 'kk' | 'ru' = 'kk';
  /** Said to whoever cannot see it. */
  @property() label = '';

  override render() {
    const points = points_of(this.line, 1e7);
    const stops = points_of(
      this.stops.flatMap(({ lat, lon }) => [lat, lon]),
      1e7,
    );
    if (points.length + stops.length === 0) return nothing;
    const on = window_on([...points, ...stops], WIDTH, HEIGHT, 38);
    const route = path_of(points.map((point) => project(point, on)));

    return html`<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="xMidYMid slice"
      role="img" aria-label=${this.label}>
      ${this.#streets(on)}
      <path class="halo" d=${route}></path>
      <path class="route" d=${route}></path>
      ${this.stops.map((stop) => this.#stop(stop, on))}
    </svg>`;
  }

  #streets(on: Window) {
    const streets = AVENUES.map((avenue, id) => {
      const line = points_of(avenue.points, 1e4).map((point) => project(point, on));
      return {
        id,
        name: avenue[this.street_names],
        d: path_of(line),
        inside: longest_inside(line, WIDTH, HEIGHT),
      };
    }).filter(({ inside }) => inside.length > 1);
    const taken = [...this.#spots(on)];
    const named = streets.flatMap((street) => {
      const from = free_start(street.inside, street.name.length * LETTER, taken);
      return from === null ? [] : [{ ...street, from }];
    });

    return svg`
      <g>${streets.map(({ d }) => svg`<path class="edge" d=${d}></path>`)}</g>
      <g>${streets.map(({ d }) => svg`<path class="road" d=${d}></path>`)}</g>
      ${named.map(({ id, inside }) => svg`<path id="street-${id}" d=${path_of(inside)}></path>`)}
      ${named.map(
        ({ id, name, from }) => svg`<text class="name" dy="3.5" aria-hidden="true"
        ><textPath href="#street-${id}" startOffset=${from}>${name}</textPath></text>`,
      )}`;
  }

  /** Where the route and its numbers are drawn, so that no name is written there. */
  #spots(on: Window): Point[] {
    const route = points_of(this.line, 1e7).map((point) => project(point, on));
    const stops = this.stops.map(({ lat, lon }) => project({ lat: lat / 1e7, lon: lon / 1e7 }, on));
    return [...along(route, 8), ...stops];
  }

  #stop(stop: Stop, on: Window) {
    const { x, y } = project({ lat: stop.lat / 1e7, lon: stop.lon / 1e7 }, on);
    const first = stop.number === this.stops[0]?.number;
    return svg`<g class=${first ? 'stop first' : 'stop'} aria-hidden="true">
      <circle cx=${x} cy=${y} r=${first ? 13 : 11}></circle>
      <text x=${x} y=${y + 4}>${stop.number}</text>
    </g>`;
  }
}

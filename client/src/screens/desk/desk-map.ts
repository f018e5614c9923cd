/** The city in the middle of the desk: routes, crews where their routes begin, violations. */

import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { MapChoice } from '../../parts/map/map';
import type { Kept } from '../../port';
import type { Body } from '../../sync/contract.gen';
import { language, say } from '../../words';
import { Ground } from './ground';
import { DeskRoom } from './room';
import '../../parts/map/map';

/**
 * @fires choose - something on it was touched; `detail` is a MapChoice
 */
@customElement('kezek-desk-map')
export class DeskMap extends DeskRoom {
  static override styles = [
    ...DeskRoom.styles,
    css`
      :host {
        position: relative;
        display: grid;
        min-block-size: 0;
        min-inline-size: 0;
      }
      kezek-map {
        block-size: 100%;
        min-block-size: 0;
      }
      .counts {
        position: absolute;
        inset: var(--s3) var(--s3) auto;
        display: flex;
        flex-wrap: wrap;
        gap: 2px var(--s4);
        inline-size: fit-content;
        padding: 10px 14px;
        border-radius: var(--r1);
        background: var(--surface);
        box-shadow: var(--shadow);
        pointer-events: none;
      }
      .counts small {
        flex-basis: 100%;
        color: var(--ink-2);
        font-size: 0.75rem;
        line-height: 1.3;
      }
    `,
  ];

  @property({ attribute: false }) violations: readonly Kept<Body>[] = [];
  @property({ attribute: false }) shifts: readonly Kept<Body>[] = [];
  @property({ attribute: false }) chosen: { kind: string; id: string } | null = null;

  #ground: Ground | null = null;

  override render() {
    this.#ground ??= new Ground(this.app, this.names);
    const routes = this.#ground.routes();
    const crews = this.#ground.crews(this.shifts);
    const placed = this.#ground.violations(this.violations);
    const unplaced = this.violations.length - placed.length;
    const counts = { routes: routes.length, crews: crews.length, violations: placed.length };
    return html`<kezek-map
        .label=${say('map_of_city', counts)}
        .language=${language()}
        .routes=${routes}
        .marks=${crews}
        .violations=${placed}
        .labels=${this.#ground.labels(language())}
        .chosen=${this.#on_map()}
      ></kezek-map>
      <p class="counts">
        <span><b>${counts.routes}</b> ${say('map_routes')}</span>
        <span><b>${counts.crews}</b> ${say('map_crews')}</span>
        <span><b>${counts.violations}</b> ${say('map_violations')}</span>
        ${unplaced > 0 ? html`<span><b>${unplaced}</b> ${say('map_unplaced')}</span>` : nothing}
        <small>${say('map_starts_note')}</small>
      </p>`;
  }

  /** A shift is shown by its route: where its people are nobody knows. */
  #on_map = (): MapChoice | null => {
    if (this.chosen?.kind !== 'shift') return this.chosen;
    const route = this.app.record<Body>('shift', this.chosen.id)?.body.route;
    return route ? this.#route(String(route)) : null;
  };

  /** The same object while it is the same route: the map moves when its choice changes. */
  #route(id: string): MapChoice {
    if (this.#shown?.id !== id) this.#shown = { kind: 'route', id };
    return this.#shown;
  }
  #shown: MapChoice | null = null;

  override focus() {
    const map = this.renderRoot.querySelector('kezek-map');
    map?.renderRoot.querySelector<HTMLElement>('canvas, button')?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'kezek-desk-map': DeskMap;
  }
}

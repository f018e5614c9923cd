/** The map of a shift: its route, where one is, which checkpoint is nearest, what was logged on it. */

import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { look } from '../parts/look';
import { map_labels } from '../parts/map/labels';
import type { MapLabel, MapRoute, MapViolation } from '../parts/map/map';
import { metres_between, nearest } from '../parts/map/nearest';
import type { App, Kept, Place } from '../port';
import type * as records from '../sync/contract.gen';
import { language, named, say } from '../words';
import '../parts/map/map';

const LOOK_AGAIN_MS = 30_000;
/** Tens of metres are as much as a phone knows. */
const GRAIN_M = 10;

@customElement('kezek-shift-map')
export class ShiftMap extends LitElement {
  static override styles = [
    look,
    css`
      kezek-map {
        block-size: clamp(260px, 42vh, 400px);
      }
      .gone {
        block-size: 6px;
        inline-size: 100%;
        display: block;
        appearance: none;
        border: 0;
        background: var(--sunk);
      }
      .gone::-webkit-progress-bar {
        background: var(--sunk);
      }
      .gone::-webkit-progress-value {
        background: var(--accent);
      }
      .gone::-moz-progress-bar {
        background: var(--accent);
      }
      .row em {
        font-size: var(--t-m);
        font-weight: 700;
        color: var(--ink);
        white-space: nowrap;
      }
    `,
  ];

  @property({ attribute: false }) app!: App;
  @property({ attribute: false }) shift!: Kept<records.Shift>;
  @property({ attribute: false }) route!: Kept<records.Route>;
  /** Changes with every change of the app, so that what is on the map is read again. */
  @property({ type: Number }) now = 0;

  @state() private here: Place | null = null;

  #timer = 0;
  // The map draws anew what is handed to it anew: so what stayed the same is handed over again.
  #routes: readonly MapRoute[] = [];
  #labels: readonly MapLabel[] = [];
  #violations: readonly MapViolation[] = [];

  override connectedCallback() {
    super.connectedCallback();
    this.#timer = window.setInterval(this.#look, LOOK_AGAIN_MS);
    document.addEventListener('visibilitychange', this.#look);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    window.clearInterval(this.#timer);
    document.removeEventListener('visibilitychange', this.#look);
  }

  override firstUpdated() {
    this.#look();
  }

  protected override willUpdate() {
    const { id, body } = this.route;
    const districts = this.app.all<records.District>('district');
    const places = this.app.all<records.Place>('place');
    this.#routes = or_same(this.#routes, [{ id, ...body }]);
    this.#labels = or_same(this.#labels, map_labels(districts, places));
    this.#violations = or_same(this.#violations, this.#logged());
  }

  override render() {
    const { body } = this.route;
    const n = body.checkpoints.length;
    const next = this.#next();
    return html`<div class="card">
      <kezek-map
        embedded
        locates
        .label=${say('route_map', { code: body.code, n: say('checkpoints_count', { n }) })}
        .language=${language()}
        .routes=${this.#routes}
        .labels=${this.#labels}
        .violations=${this.#violations}
        .here=${this.here}
        .next=${next?.number ?? 0}
        @locate-asked=${() => void this.#ask(true)}
      ></kezek-map>
      <progress class="gone" max="100" value=${this.#gone()} aria-label=${say('times')}></progress>
      ${next ? this.#row(next) : nothing}
    </div>`;
  }

  #row(next: records.Checkpoint) {
    const metres = this.here ? metres_between(this.here, next) : -1;
    return html`<div class="row">
      <span class="mark act">${next.number}</span>
      <div>
        ${named(next, 'name')}
        <small>${say(this.here ? 'nearest_checkpoint' : 'first_checkpoint')}</small>
      </div>
      ${metres >= 0 ? html`<em>${distance(metres)}</em>` : nothing}
    </div>`;
  }

  #next(): records.Checkpoint | undefined {
    const { checkpoints } = this.route.body;
    return this.here ? nearest(this.here, checkpoints) : checkpoints[0];
  }

  #gone(): number {
    const { starts, ends } = this.shift.body;
    const share = (this.app.now() - starts) / (ends - starts);
    return Math.round(Math.min(1, Math.max(0, share)) * 100);
  }

  /** What the crew logged in the hours of this shift. */
  #logged(): MapViolation[] {
    const { person, crew, starts, ends } = this.shift.body;
    return this.app
      .all<records.Violation>('violation')
      .filter(({ body: { officer, happened, shift } }) => {
        const theirs = officer === person || crew.includes(officer);
        return shift === this.shift.id || (theirs && happened >= starts && happened < ends);
      })
      .map(({ id, body }) => ({ id, ...body }));
  }

  #look = () => {
    if (document.visibilityState === 'visible') void this.#ask(false);
  };

  /** Nobody is asked for his place before he has asked for it himself. */
  async #ask(asking: boolean): Promise<void> {
    const here = await this.app.where(asking).catch(() => null);
    if (here && this.isConnected) this.here = here;
  }
}

function or_same<T>(before: T, after: T): T {
  return JSON.stringify(before) === JSON.stringify(after) ? before : after;
}

function distance(metres: number): string {
  const n = Math.round(metres / GRAIN_M) * GRAIN_M;
  if (n < 1_000) return say('distance_metres', { n });
  return say('distance_km', { n: (n / 1_000).toFixed(1).replace('.', ',') });
}

declare global {
  interface HTMLElementTagNameMap {
    'kezek-shift-map': ShiftMap;
  }
}

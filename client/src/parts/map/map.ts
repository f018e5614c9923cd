/** The city, drawn from its own records: routes, checkpoints, crews, violations. No tiles, no network. */

import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { say } from '../../words';
import { type IconName, icon } from '../icon';
import { look } from '../look';
import type { Drawing, Listener } from './drawing';
import { map_look } from './look';
import {
  chosen_route,
  type MapChoice,
  type MapHere,
  type MapLabel,
  type MapMark,
  type MapRoute,
  type MapViolation,
  type Shown,
} from './shown';
import '../route-map';

export type {
  MapChoice,
  MapHere,
  MapLabel,
  MapMark,
  MapRoute,
  MapViolation,
  Tone,
} from './shown';

/** Of every file of the typeface: what is drawn before its letters are here stays in another face. */
const LETTERS = '1AБәғқңөұүһі';

const AGAIN_MS = 10_000;

const WHY = {
  plain: null,
  drawn: null,
  no_graphics: 'map_no_graphics',
  not_here: 'map_not_here',
  lost: 'map_lost',
} as const;

/** `plain`: the drawing is coming. The last three are why the plain drawing stays. */
type Stage = keyof typeof WHY;

/**
 * It fills its own box: give it a height. Day and night follow the page. Where it cannot be drawn
 * (no WebGL, its files not here yet) the plain drawing of one route stands in its place.
 *
 * @fires choose - something was touched; `detail` is a MapChoice. Nothing is chosen by it: set `chosen`
 * @fires locate-asked - the person wants to be shown; set `here` when it is known
 */
@customElement('kezek-map')
export class CityMap extends LitElement implements Shown {
  static override styles = [look, map_look];

  /** Said to whoever cannot see it: what is on the map. */
  @property() label = '';
  /** Of the street names. What stands in `labels` is in the right language already. */
  @property() language: 'kk' | 'ru' | 'en' = 'kk';
  @property({ attribute: false }) routes: readonly MapRoute[] = [];
  @property({ attribute: false }) marks: readonly MapMark[] = [];
  @property({ attribute: false }) violations: readonly MapViolation[] = [];
  @property({ attribute: false }) labels: readonly MapLabel[] = [];
  @property({ attribute: false }) here: MapHere | null = null;
  /** What stands out, and is brought into view when it changes. A single route is always chosen. */
  @property({ attribute: false }) chosen: MapChoice | null = null;
  /** The number of the checkpoint to go to, on the chosen route; 0 = none. */
  @property({ type: Number }) next = 0;
  /** Inside a page that scrolls: one finger scrolls the page, two move the map. */
  @property({ type: Boolean }) embedded = false;
  /** Whether there is a place to go to: shows the button that fires `locate-asked`. */
  @property({ type: Boolean }) locates = false;

  @state() private stage: Stage = 'plain';
  @query('.box') private box!: HTMLElement;

  #drawing: Drawing | null = null;
  #wanted = false;
  #later = 0;
  readonly #dressed = new MutationObserver(() => this.#drawing?.dress());

  override connectedCallback() {
    super.connectedCallback();
    const page = document.documentElement;
    this.#dressed.observe(page, { attributes: true, attributeFilter: ['data-night'] });
    window.addEventListener('online', this.#again);
    void this.updateComplete.then(() => this.#draw());
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#dressed.disconnect();
    window.removeEventListener('online', this.#again);
    window.clearTimeout(this.#later);
    this.#drawing?.close();
    this.#drawing = null;
    this.stage = 'plain';
  }

  override updated(changed: PropertyValues) {
    this.#drawing?.show(this, new Set([...changed.keys()].map(String)));
    // To be shown where one is, asked for by the button: the place comes with a later change.
    if (changed.has('here') && this.here && this.#wanted) {
      this.#wanted = false;
      this.#drawing?.go(this.here);
    }
  }

  override render() {
    const drawn = this.stage === 'drawn';
    return html`${drawn ? nothing : this.#plain()}
      <div class="box ${drawn ? '' : 'unseen'}" part="box"></div>
      ${drawn ? this.#keys() : nothing}`;
  }

  #plain() {
    const why = WHY[this.stage];
    const route = this.routes.find(({ id }) => id === chosen_route(this)) ?? this.routes[0] ?? null;
    return html`<div class="plain">
        <kezek-route-map
          .line=${route?.line ?? []}
          .stops=${route?.checkpoints ?? []}
          .street_names=${this.language === 'kk' ? 'kk' : 'ru'}
          .label=${this.label}
        ></kezek-route-map>
      </div>
      ${why ? html`<p class="note">${say(why)}</p>` : nothing}`;
  }

  #keys() {
    return html`<div class="keys">
      ${this.locates ? this.#key('pin', say('map_here'), this.#locate) : nothing}
      ${this.#key('shift', say('map_all'), () => this.#drawing?.all())}
      ${this.#key('log', say('map_nearer'), () => this.#drawing?.zoom(1))}
      ${this.#key('minus', say('map_farther'), () => this.#drawing?.zoom(-1))}
    </div>`;
  }

  #key(mark: IconName, name: string, press: () => void) {
    return html`<button type="button" aria-label=${name} title=${name} @click=${press}>
      ${icon(mark, 22)}
    </button>`;
  }

  async #draw(): Promise<void> {
    if (!has_graphics()) {
      this.stage = 'no_graphics';
      return;
    }
    try {
      await quiet();
      const { Drawing } = await import('./drawing');
      await document.fonts.load('24px Golos', LETTERS).catch(() => []);
      if (!this.isConnected || this.#drawing) return;
      this.#drawing = new Drawing(this.box, this, this.#words(), this.#listener);
    } catch {
      this.#missing();
    }
  }

  /** The words stay while it is tried again: by the network's word, and after a while without. */
  #missing() {
    this.stage = 'not_here';
    window.clearTimeout(this.#later);
    this.#later = window.setTimeout(this.#again, AGAIN_MS);
  }

  #listener: Listener = {
    drawn: () => {
      this.stage = 'drawn';
    },
    lost: () => this.#lost(),
    touched: (detail) => this.dispatchEvent(new CustomEvent('choose', { detail })),
  };

  /** What was drawn once comes back by itself with the graphics; what was not is begun anew. */
  #lost() {
    if (this.stage === 'drawn') {
      this.stage = 'lost';
    } else if (this.stage !== 'lost') {
      this.#drawing?.close();
      this.#drawing = null;
      this.#missing();
    }
  }

  #again = () => {
    if (this.stage === 'not_here' && this.isConnected) void this.#draw();
  };

  #locate = () => {
    this.#wanted = this.here === null;
    if (this.here) this.#drawing?.go(this.here);
    this.dispatchEvent(new CustomEvent('locate-asked'));
  };

  #words(): Record<string, string> {
    return {
      'Map.Title': this.label,
      'CooperativeGesturesHandler.WindowsHelpText': say('map_ctrl'),
      'CooperativeGesturesHandler.MacHelpText': say('map_command'),
      'CooperativeGesturesHandler.MobileHelpText': say('map_two_fingers'),
    };
  }
}

/** The library is a megabyte without it: so this is asked before anything is fetched. */
function has_graphics(): boolean {
  const graphics = document.createElement('canvas').getContext('webgl2');
  graphics?.getExtension('WEBGL_lose_context')?.loseContext();
  return graphics !== null;
}

/** Until the phone has nothing better to do. */
function quiet(): Promise<void> {
  return new Promise((done) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => done(), { timeout: 2_000 });
    else setTimeout(done, 300);
  });
}

declare global {
  interface HTMLElementTagNameMap {
    'kezek-map': CityMap;
  }
}

/** Where and when: filled in by the phone, and open to whoever knows better. */

import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { say } from '../words';
import { icon } from './icon';
import { look } from './look';
import type { Named } from './place-name';
import './choice';
import type { TextField } from './text-field';
import './text-field';

/**
 * @fires place-typed - `detail` is the text
 * @fires stood-at - a checkpoint was named; `detail` is it
 * @fires locate-asked - the phone is to look again
 * @fires time-typed - `detail` is hours and minutes
 */
@customElement('kezek-place-time')
export class PlaceTime extends LitElement {
  static override styles = [
    look,
    css`
      :host {
        display: grid;
        gap: var(--s2);
      }
      .pair {
        display: grid;
        grid-template-columns: 1fr 5.2rem;
        gap: var(--s2);
      }
      .again {
        inline-size: 48px;
        block-size: 48px;
        margin-inline-end: -12px;
        border: 0;
        background: none;
        color: var(--act);
        display: grid;
        place-items: center;
        border-radius: 50%;
      }
    `,
  ];

  @property() place = '';
  @property() time = '';
  /** Metres; below 0 the place was not measured. */
  @property({ type: Number }) accuracy = -1;
  @property({ type: Boolean }) locating = false;
  /** The checkpoints of the route: without a position one tap says where it was. */
  @property({ attribute: false }) known: readonly Named[] = [];

  override render() {
    return html`<div class="pair">
        <kezek-text-field
          id="place"
          .label=${this.#label()}
          .hint=${say('place_hint')}
          .value=${this.place}
          @typed=${(e: CustomEvent<string>) => this.#tell('place-typed', e.detail)}
        >
          <button
            type="button"
            class="again"
            aria-label=${say('place_again')}
            @click=${() => this.#tell('locate-asked', null)}
          >
            ${icon('pin', 24)}
          </button>
        </kezek-text-field>
        <kezek-text-field
          kind="time"
          .label=${say('time')}
          .value=${this.time}
          @typed=${(e: CustomEvent<string>) => this.#tell('time-typed', e.detail)}
        ></kezek-text-field>
      </div>
      ${this.#checkpoints()}`;
  }

  #label(): string {
    if (this.locating) return say('place_waiting');
    if (this.accuracy < 0) return say('place_typed');
    return `${say('place')} · ${say('metres', { n: this.accuracy })}`;
  }

  #checkpoints() {
    const named = this.known.some(({ name }) => name === this.place);
    const wanted = this.place === '' || named;
    if (this.locating || this.accuracy >= 0 || this.known.length === 0 || !wanted) return nothing;
    return html`<kezek-choice
      chips
      label-hidden
      .label=${say('checkpoints')}
      .value=${this.place}
      .options=${this.known.map(({ name }) => ({ value: name, title: name }))}
      @chosen=${this.#stand}
    ></kezek-choice>`;
  }

  #stand = (event: CustomEvent<string>) => {
    const point = this.known.find(({ name }) => name === event.detail);
    if (point) this.#tell('stood-at', point);
  };

  #tell(name: string, detail: unknown) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  pick() {
    this.renderRoot.querySelector<TextField>('#place')?.pick();
  }

  override focus() {
    this.renderRoot.querySelector<HTMLElement>('#place')?.focus();
  }
}

/** The door to the desk: what is behind it is loaded by whoever may go in, and by no phone. */

import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { icon } from '../parts/icon';
import { look } from '../parts/look';
import type { App } from '../port';
import { say } from '../words';

@customElement('kezek-desk-door')
export class DeskDoor extends LitElement {
  static override styles = [
    look,
    css`
      .wait {
        display: grid;
        gap: var(--s4);
        place-content: center;
        justify-items: center;
        block-size: 100vh;
        block-size: 100dvh;
        padding: var(--s4);
        background: var(--brand);
        color: var(--on-brand);
      }
      .plain {
        inline-size: fit-content;
      }
    `,
  ];

  @property({ attribute: false }) app!: App;
  @state() private here: boolean | null = null;

  override connectedCallback() {
    super.connectedCallback();
    void this.#load();
  }

  override render() {
    if (this.here) return html`<kezek-desk .app=${this.app}></kezek-desk>`;
    return html`<div class="wait">
      ${icon('shield', 52)}
      <h1>${say('kezek')}</h1>
      ${this.here === false ? this.#missing() : nothing}
    </div>`;
  }

  #missing() {
    return html`<p class="alert" role="alert">${icon('alert', 22)}<span>${say('part_missing')}</span></p>
      <button type="button" class="plain" @click=${this.#again}>${say('exchange_now')}</button>`;
  }

  async #load(): Promise<void> {
    this.here = null;
    this.here = await import('./desk/desk').then(
      () => true,
      () => false,
    );
  }

  /** A module that did not come is not asked for again by the same page. */
  #again = () => location.reload();
}

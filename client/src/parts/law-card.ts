/** One article as the phone knows it: as law when it is verified, and plainly as not when it is not. */

import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { say } from '../words';
import { icon } from './icon';
import { look } from './look';

/**
 * @fires favourite-turned - the star was pressed
 */
@customElement('kezek-law-card')
export class LawCard extends LitElement {
  static override styles = [
    look,
    css`
      .card {
        padding: var(--s3) var(--s2) 14px var(--s4);
        border-inline-start: 5px solid var(--accent);
        display: grid;
        grid-template-columns: 1fr 48px;
        column-gap: var(--s2);
      }
      .card.doubt {
        border-inline-start: 5px solid var(--warn);
      }
      h2 {
        align-self: center;
        font-size: 1.125rem;
        line-height: 1.3;
        font-weight: 650;
      }
      .text {
        grid-column: 1 / -1;
        padding-inline-end: var(--s2);
        font-size: var(--t-s);
        line-height: 1.42;
        color: var(--ink-2);
      }
      .text small {
        display: block;
        font-size: 0.8125rem;
        color: var(--ink-3);
      }
      .doubt .text {
        font-style: italic;
      }
      .sanction {
        grid-column: 1 / -1;
        margin-block-start: var(--s1);
        font-size: var(--t-s);
        font-weight: 650;
      }
      .note {
        grid-column: 1 / -1;
        margin-block: var(--s2) 0;
        margin-inline-end: var(--s2);
        display: flex;
        gap: var(--s2);
        padding: var(--s2) var(--s3);
        border-radius: var(--r1);
        background: var(--warn-soft);
        color: var(--warn);
        font-size: 0.875rem;
        line-height: 1.4;
      }
      .note b {
        display: block;
      }
      button {
        inline-size: 48px;
        block-size: 48px;
        border: 0;
        border-radius: 50%;
        background: none;
        color: var(--ink-2);
        display: grid;
        place-items: center;
      }
      button[aria-pressed='true'] {
        color: var(--act);
      }
      button[aria-pressed='true'] svg {
        fill: currentColor;
      }
    `,
  ];

  @property() heading = '';
  @property() text = '';
  @property({ attribute: 'text-lang' }) text_lang = '';
  @property() sanction = '';
  @property({ type: Boolean }) verified = false;
  @property({ type: Boolean }) translated = false;
  @property({ type: Boolean }) favourite = false;

  override render() {
    return html`<section class=${this.verified ? 'card' : 'card doubt'} aria-label=${this.heading}>
      <h2>${this.heading}</h2>
      <button
        type="button"
        aria-pressed=${String(this.favourite)}
        aria-label=${say(this.favourite ? 'favourite_drop' : 'favourite_add')}
        @click=${() => this.dispatchEvent(new CustomEvent('favourite-turned'))}
      >
        ${icon('star', 24)}
      </button>
      <p class="text" lang=${this.text_lang || nothing}>
        ${this.verified ? this.text : `«${this.text}»`}
        ${this.translated ? html`<small>${say('title_translated')}</small>` : nothing}
      </p>
      ${this.verified && this.sanction ? html`<p class="sanction">${this.sanction}</p>` : nothing}
      ${this.verified ? nothing : this.#doubt()}
    </section>`;
  }

  #doubt() {
    return html`<p class="note">
      ${icon('alert', 20)}<span><b>${say('to_verify')}</b>${say('to_verify_note')}</span>
    </p>`;
  }
}

/** One of a few: a strip of buttons of equal right, or chips that wrap. */

import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { look } from './look';

export interface Option {
  value: string;
  title: string;
  /** A short number or letter set before the title in bold. */
  mark?: string;
  lang?: string;
}

/**
 * @fires chosen - `detail` is the value
 */
@customElement('kezek-choice')
export class Choice extends LitElement {
  static override styles = [
    look,
    css`
      .label {
        margin-block-end: var(--s2);
      }
      .strip {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 4.6em), 1fr));
        background: var(--sunk);
        border-radius: var(--r2);
        padding: var(--s1);
        gap: var(--s1);
      }
      .strip button {
        border: 0;
        background: none;
        min-block-size: var(--touch);
        padding: var(--s1);
        border-radius: 11px;
        font-size: var(--t-s);
        line-height: 1.2;
        color: var(--ink-2);
        overflow-wrap: anywhere;
        hyphens: auto;
      }
      .strip [aria-pressed='true'] {
        background: var(--raised);
        color: var(--ink);
        font-weight: 660;
        box-shadow:
          var(--shadow),
          inset 0 0 0 2px var(--act);
      }
    `,
  ];

  @property() label = '';
  @property() value = '';
  @property({ type: Boolean }) chips = false;
  @property({ type: Boolean, attribute: 'label-hidden' }) label_hidden = false;
  @property({ attribute: false }) options: readonly Option[] = [];

  override render() {
    return html`<div role="group" aria-labelledby="label">
      <p id="label" class=${this.label_hidden ? 'hidden' : 'label'}>${this.label}</p>
      <div class=${this.chips ? 'chips' : 'strip'}>
        ${this.options.map((option) => this.#option(option))}
      </div>
    </div>`;
  }

  #option(option: Option) {
    return html`<button
      type="button"
      class=${this.chips ? 'chip' : ''}
      lang=${option.lang ?? nothing}
      aria-pressed=${String(option.value === this.value)}
      @click=${() => this.#choose(option.value)}
    >
      ${option.mark ? html`<b>${option.mark}</b>` : nothing}${option.title}
    </button>`;
  }

  #choose(value: string) {
    this.dispatchEvent(new CustomEvent('chosen', { detail: value }));
  }

  override focus() {
    this.renderRoot.querySelector('button')?.focus();
  }
}

/** A question that must be answered before going on; the browser's own dialog, in our dress. */

import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { look } from './look';

/**
 * The answers are slotted buttons.
 *
 * @fires closed - it was dismissed by Escape
 */
@customElement('kezek-dialog')
export class Dialog extends LitElement {
  static override styles = [
    look,
    css`
      dialog {
        inline-size: min(100% - 2 * var(--s4), 420px);
        max-inline-size: none;
        margin: auto auto var(--s5);
        padding: var(--s5);
        border: 0;
        border-radius: var(--r3);
        background: var(--surface);
        color: var(--ink);
        box-shadow: var(--shadow);
      }
      @media (min-width: 700px) {
        dialog {
          margin: auto;
        }
      }
      dialog::backdrop {
        background: var(--veil);
      }
      h2 {
        font-size: var(--t-l);
        line-height: 1.3;
        font-weight: 660;
      }
      p {
        margin-block: var(--s2) var(--s5);
        color: var(--ink-2);
        line-height: 1.45;
      }
      .answers {
        display: grid;
        gap: var(--s2);
      }
    `,
  ];

  @property({ type: Boolean }) open = false;
  @property() heading = '';
  @property() text = '';

  override render() {
    return html`<dialog aria-labelledby="heading" aria-describedby="text" @cancel=${this.#cancel}>
      <h2 id="heading">${this.heading}</h2>
      <p id="text">${this.text}</p>
      <div class="answers"><slot></slot></div>
    </dialog>`;
  }

  override updated() {
    const dialog = this.renderRoot.querySelector('dialog');
    if (this.open && !dialog?.open) dialog?.showModal();
    if (!this.open && dialog?.open) dialog.close();
  }

  #cancel = (event: Event) => {
    event.preventDefault();
    this.dispatchEvent(new CustomEvent('closed'));
  };
}

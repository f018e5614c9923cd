/** A yes or no with a sentence about it; the whole row is the target. */

import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { look } from './look';

/**
 * @fires turned - `detail` is the new state
 */
@customElement('kezek-switch-row')
export class SwitchRow extends LitElement {
  static override styles = [
    look,
    css`
      button {
        inline-size: 100%;
        display: grid;
        grid-template-columns: 1fr auto;
        align-items: center;
        gap: var(--s3);
        padding: var(--s3) var(--s4);
        border: 0;
        text-align: start;
        font-size: 1rem;
        line-height: 1.3;
      }
      b {
        font-weight: 600;
      }
      small {
        display: block;
        font-size: 0.875rem;
        color: var(--ink-2);
      }
      i {
        inline-size: 52px;
        block-size: 32px;
        border-radius: 16px;
        border: 2px solid var(--edge);
        background: var(--sunk);
        position: relative;
      }
      i::after {
        content: '';
        position: absolute;
        inset: 4px auto 4px 4px;
        inline-size: 20px;
        border-radius: 50%;
        background: var(--edge);
        transition: transform var(--quick);
      }
      [aria-checked='true'] i {
        background: var(--act);
        border-color: var(--act);
      }
      [aria-checked='true'] i::after {
        background: var(--on-act);
        transform: translateX(20px);
      }
    `,
  ];

  @property() label = '';
  @property() note = '';
  @property({ type: Boolean }) on = false;

  override render() {
    return html`<button
      type="button"
      class="card"
      role="switch"
      aria-checked=${String(this.on)}
      @click=${() => this.dispatchEvent(new CustomEvent('turned', { detail: !this.on }))}
    >
      <span><b>${this.label}</b><small>${this.note}</small></span><i></i>
    </button>`;
  }
}

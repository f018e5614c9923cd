/** The heading of a screen: what it is, and one or two lines about it. */

import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { look } from './look';

@customElement('kezek-page-head')
export class PageHead extends LitElement {
  static override styles = [
    look,
    css`
      header {
        background: var(--brand);
        color: var(--on-brand);
        border-radius: 0 0 var(--r3) var(--r3);
        padding: var(--s1) var(--s4) 18px;
      }
      div {
        max-inline-size: calc(var(--column) - 2 * var(--s4));
        margin-inline: auto;
      }
      h1 {
        font-size: var(--t-xl);
        line-height: 1.25;
        font-weight: 660;
        letter-spacing: -0.01em;
        outline: none;
      }
      p {
        margin-block-start: 2px;
        font-size: var(--t-s);
        line-height: 1.35;
        color: var(--on-brand-2);
      }
    `,
  ];

  @property() heading = '';
  @property({ attribute: false }) lines: readonly string[] = [];

  override render() {
    return html`<header><div>
      <h1 tabindex="-1">${this.heading}</h1>
      ${this.lines.map((line) => (line ? html`<p>${line}</p>` : nothing))}
      <slot></slot>
    </div></header>`;
  }

  /** A new screen is announced by its heading. */
  override focus() {
    this.renderRoot.querySelector('h1')?.focus({ preventScroll: true });
  }
}

/** An empty place that says what would be here, and why it is not. */

import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { type IconName, icon } from './icon';
import { look } from './look';

@customElement('kezek-empty-note')
export class EmptyNote extends LitElement {
  static override styles = [
    look,
    css`
      .card {
        display: grid;
        justify-items: center;
        gap: var(--s2);
        padding: var(--s6) var(--s5);
        text-align: center;
      }
      .mark {
        inline-size: 64px;
        block-size: 64px;
        margin-block-end: var(--s1);
      }
      h2 {
        font-size: var(--t-l);
        line-height: 1.3;
        font-weight: 650;
      }
      p {
        color: var(--ink-2);
        font-size: 1rem;
        line-height: 1.45;
        max-inline-size: 34em;
      }
    `,
  ];

  @property() picture: IconName = 'check';
  @property() tone: 'good' | 'act' | 'warn' = 'act';
  @property() heading = '';
  @property() text = '';

  override render() {
    return html`<div class="card">
      <span class="mark ${this.tone}">${icon(this.picture, 32)}</span>
      <h2>${this.heading}</h2>
      <p>${this.text}</p>
      <slot></slot>
    </div>`;
  }
}

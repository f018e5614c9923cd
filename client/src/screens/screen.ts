/** What every screen has in common: the app, and drawing itself again when the app has changed. */

import { css, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { look } from '../parts/look';
import type { App } from '../port';
import { learned } from '../words';

export abstract class Screen extends LitElement {
  static override styles = [
    look,
    css`
      :host {
        display: flex;
        flex-direction: column;
        min-block-size: 100%;
      }
      .body {
        flex: 1;
        display: grid;
        align-content: start;
        gap: var(--s3);
        inline-size: 100%;
        max-inline-size: var(--column);
        margin-inline: auto;
        padding: 14px var(--s4) var(--s5);
      }
      .body > * {
        min-inline-size: 0;
      }
      .deed {
        position: sticky;
        inset-block-end: 0;
        padding: var(--s3) max(var(--s4), calc((100% - var(--column)) / 2 + var(--s4)));
        background: var(--surface);
        border-block-start: 1px solid var(--line);
        z-index: 1;
      }
      .deed .needed {
        margin-block-end: var(--s2);
        font-size: 0.875rem;
        line-height: 1.3;
        color: var(--ink-2);
        text-align: center;
      }
      .pair {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 8.5rem), 1fr));
        gap: var(--s3);
      }
      h2.label {
        margin-block-start: var(--s2);
      }
    `,
  ];

  @property({ attribute: false }) app!: App;

  override connectedCallback() {
    super.connectedCallback();
    this.app.addEventListener('changed', this.#changed);
    learned.addEventListener('learned', this.#changed);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.app.removeEventListener('changed', this.#changed);
    learned.removeEventListener('learned', this.#changed);
  }

  #changed = () => this.requestUpdate();

  /** Ask the frame to show another screen. */
  protected go(path: string) {
    this.dispatchEvent(new CustomEvent('go', { detail: path, bubbles: true, composed: true }));
  }
}

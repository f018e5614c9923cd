/** The one line of truth on top: signal, what waits, and how old the data are. */

import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { say } from '../words';
import { icon } from './icon';
import { look } from './look';

/**
 * @fires exchange-asked - the line was pressed
 */
@customElement('kezek-truth-line')
export class TruthLine extends LitElement {
  static override styles = [
    look,
    css`
      button {
        inline-size: 100%;
        min-block-size: var(--touch);
        padding: var(--s1) var(--s4);
        border: 0;
        background: var(--brand);
        color: var(--on-brand);
        text-align: start;
        font-size: 0.875rem;
        line-height: 1.25;
      }
      span.line {
        display: flex;
        align-items: center;
        gap: 2px var(--s2);
        max-inline-size: var(--column);
        margin-inline: auto;
      }
      .what {
        display: flex;
        flex-wrap: wrap;
        column-gap: 11px;
        flex: 1;
        overflow: hidden;
      }
      .what > span {
        position: relative;
      }
      /* A dot between the two, cut off by the edge when they stand under each other. */
      .what > span::before {
        content: '·';
        position: absolute;
        inset-inline-start: -8px;
      }
      b {
        font-weight: 640;
      }
      .lamp {
        inline-size: 18px;
        block-size: 18px;
        border-radius: 50%;
        display: grid;
        place-items: center;
        flex: none;
        border: 2px solid var(--lamp-off);
        color: var(--lamp-off);
      }
      .lamp.on {
        background: var(--lamp-on);
        border-color: var(--lamp-on);
        color: var(--brand);
      }
      .age {
        color: var(--on-brand-2);
        white-space: nowrap;
      }
      button:focus-visible {
        outline-offset: -3px;
      }
      @media (prefers-reduced-motion: no-preference) {
        .busy {
          animation: breathe 1.2s ease-in-out infinite alternate;
        }
        @keyframes breathe {
          to {
            opacity: 0.45;
          }
        }
      }
    `,
  ];

  @property({ type: Boolean }) online = false;
  @property({ type: Boolean }) exchanging = false;
  @property({ type: Number }) waiting = 0;
  /** How many letters of his call for a person. */
  @property({ type: Number }) attention = 0;
  /** Said already: «данные на 07:52». */
  @property() age = '';

  override render() {
    const lamp = `lamp ${this.online ? 'on' : ''} ${this.exchanging ? 'busy' : ''}`;
    return html`<button type="button" title=${say('exchange_now')} @click=${this.#ask}>
      <span class="line">
        <span class=${lamp}>${icon(this.online ? 'check' : 'cross', 12)}</span>
        <span class="what" role="status">
          <b>${say(this.exchanging ? 'exchanging' : this.online ? 'online' : 'offline')}</b>
          ${this.#letters().map((words) => html`<span>${words}</span>`)}
        </span>
        <span class="age">${this.age}</span>
      </span>
    </button>`;
  }

  /** That all is sent is not said beside what needs attention. */
  #letters(): string[] {
    const waits = this.waiting > 0 ? [say('waiting_count', { n: this.waiting })] : [];
    const calls = this.attention > 0 ? [say('attention_count', { n: this.attention })] : [];
    const all = [...waits, ...calls];
    return all.length > 0 ? all : [say(this.online ? 'all_sent' : 'saved_here_only')];
  }

  #ask = () => {
    this.dispatchEvent(new CustomEvent('exchange-asked', { bubbles: true, composed: true }));
  };
}

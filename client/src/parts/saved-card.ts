/** What became of the record just signed: saved here, sent, stored; never more than is true. */

import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LetterState } from '../port';
import { type Key, say } from '../words';
import { icon } from './icon';
import { wants_attention } from './letter-row';
import { look } from './look';

const STEPS: readonly Key[] = ['step_here', 'step_sent', 'step_stored'];

@customElement('kezek-saved-card')
export class SavedCard extends LitElement {
  static override styles = [
    look,
    css`
      .card {
        display: grid;
        justify-items: center;
        gap: var(--s2);
        padding: var(--s5) var(--s4);
        text-align: center;
      }
      .mark {
        inline-size: 72px;
        block-size: 72px;
      }
      h2 {
        font-size: var(--t-xl);
        line-height: 1.25;
        font-weight: 680;
      }
      p {
        line-height: 1.45;
        color: var(--ink-2);
        max-inline-size: 32em;
      }
      ol {
        display: grid;
        grid-template-columns: repeat(3, 1fr);
        inline-size: 100%;
        max-inline-size: 360px;
        margin-block: var(--s3) var(--s2);
      }
      li {
        position: relative;
        display: grid;
        justify-items: center;
        gap: 6px;
        font-size: 0.875rem;
        line-height: 1.2;
        color: var(--ink-2);
      }
      li::before {
        content: '';
        position: absolute;
        inset: 11px 50% auto -50%;
        block-size: 4px;
        background: var(--line);
      }
      li:first-child::before {
        display: none;
      }
      li i {
        position: relative;
        z-index: 1;
        inline-size: 26px;
        block-size: 26px;
        border-radius: 50%;
        display: grid;
        place-items: center;
        background: var(--surface);
        border: 3px solid var(--line);
      }
      li.done {
        color: var(--good);
        font-weight: 640;
      }
      li.done i {
        background: var(--good);
        border-color: var(--good);
        color: var(--surface);
      }
      li.done::before {
        background: var(--good);
      }
      dl {
        inline-size: 100%;
        margin-block-start: var(--s2);
        padding-block-start: var(--s4);
        border-block-start: 1px solid var(--line);
      }
      dt {
        font-weight: 640;
      }
      dd {
        color: var(--ink-2);
        font-size: var(--t-s);
      }
    `,
  ];

  @property() state: LetterState = 'waiting';
  /** The reason in words, where it is stuck. */
  @property() why = '';
  @property() heading = '';
  @property() line = '';

  override render() {
    const stuck = wants_attention(this.state);
    const stored = this.state === 'stored' || this.state === 'superseded';
    return html`<section class="card">
      <span class="mark ${stuck ? 'warn' : 'good'}">${icon(stuck ? 'alert' : 'check', 40)}</span>
      <div role="status">
        <h2>${say(stuck ? 'saved_attention' : stored ? 'saved_stored' : 'saved_here')}</h2>
      </div>
      <ol>${STEPS.map((step, place) => this.#step(step, place))}</ol>
      <p>${stuck ? this.why : say(stored ? 'saved_stored_note' : 'saved_here_note')}</p>
      <dl><dt>${this.heading}</dt>${this.line ? html`<dd>${this.line}</dd>` : nothing}</dl>
    </section>`;
  }

  #step(step: Key, place: number) {
    const done = place < this.#reached();
    return html`<li class=${done ? 'done' : ''}>
      <i>${done ? icon('check', 16) : nothing}</i>${say(step)}
    </li>`;
  }

  #reached(): number {
    if (this.state === 'waiting') return 1;
    return this.state === 'stored' || this.state === 'superseded' ? 3 : 2;
  }
}

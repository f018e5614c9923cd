/** One letter of the outbox: what it is, where it is now, and the reason when it is stuck. */

import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { LetterState } from '../port';
import { type Key, say } from '../words';
import { type IconName, icon } from './icon';
import { look } from './look';

interface Face {
  icon: IconName;
  tone: string;
  words: Key;
}

const FACES: Record<LetterState, Face> = {
  waiting: { icon: 'up', tone: '', words: 'state_waiting' },
  sent: { icon: 'clock', tone: 'act', words: 'state_sent' },
  stored: { icon: 'check', tone: 'good', words: 'state_stored' },
  superseded: { icon: 'differ', tone: 'act', words: 'state_superseded' },
  disputed: { icon: 'differ', tone: 'bad', words: 'state_disputed' },
  parked: { icon: 'pause', tone: 'warn', words: 'state_parked' },
  rejected: { icon: 'cross', tone: 'bad', words: 'state_rejected' },
};

/** What the author did about a letter that does not stand. */
const ANSWERED: Record<'mended' | 'left', Face> = {
  mended: { icon: 'again', tone: '', words: 'state_mended' },
  left: { icon: 'pause', tone: '', words: 'state_left' },
};

/** States in which a person has to look. */
export function wants_attention(state: LetterState): boolean {
  return state === 'disputed' || state === 'parked' || state === 'rejected';
}

/**
 * @fires go - it was pressed, and leads somewhere; `detail` is the path
 */
@customElement('kezek-letter-row')
export class LetterRow extends LitElement {
  static override styles = [
    look,
    css`
      :host {
        border-block-start: 1px solid var(--line);
      }
      :host(:first-child) {
        border-block-start: 0;
      }
      .row {
        align-items: start;
      }
      .row > div {
        padding-block-start: 1px;
      }
      time {
        padding-block-start: 2px;
      }
      a.row {
        color: inherit;
        text-decoration: none;
        -webkit-tap-highlight-color: transparent;
      }
      a.row:focus-visible {
        outline-offset: -3px;
      }
      .why {
        margin-block-start: 2px;
        color: var(--ink);
      }
    `,
  ];

  @property() heading = '';
  @property() state: LetterState = 'waiting';
  @property() why = '';
  @property() when = '';
  @property({ type: Boolean }) online = false;
  @property() answered: '' | 'mended' | 'left' = '';
  /** Where a press on it leads. */
  @property() path = '';

  override render() {
    const face = this.answered ? ANSWERED[this.answered] : FACES[this.state];
    const here = this.state === 'waiting' && !this.online;
    const row = html`<span class="mark ${face.tone}">${icon(face.icon, 19)}</span>
      <div>
        ${this.heading}
        <small>${say(here ? 'state_waiting_here' : face.words)}</small>
        ${this.why && !this.answered ? html`<small class="why">${this.why}</small>` : nothing}
      </div>
      <time>${this.when}</time>`;
    if (!this.path) return html`<div class="row">${row}</div>`;
    return html`<a class="row" href=${this.path} @click=${this.#go}>${row}</a>`;
  }

  #go = (event: Event) => {
    event.preventDefault();
    this.dispatchEvent(new CustomEvent('go', { detail: this.path, bubbles: true, composed: true }));
  };
}

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
  superseded: { icon: 'check', tone: 'good', words: 'state_superseded' },
  disputed: { icon: 'differ', tone: 'bad', words: 'state_disputed' },
  parked: { icon: 'pause', tone: 'warn', words: 'state_parked' },
  rejected: { icon: 'cross', tone: 'bad', words: 'state_rejected' },
};

/** States in which a person has to look. */
export function wants_attention(state: LetterState): boolean {
  return state === 'disputed' || state === 'parked' || state === 'rejected';
}

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

  override render() {
    const face = FACES[this.state];
    const here = this.state === 'waiting' && !this.online;
    return html`<div class="row">
      <span class="mark ${face.tone}">${icon(face.icon, 19)}</span>
      <div>
        ${this.heading}
        <small>${say(here ? 'state_waiting_here' : face.words)}</small>
        ${this.why ? html`<small class="why">${this.why}</small>` : nothing}
      </div>
      <time>${this.when}</time>
    </div>`;
  }
}

/** What was asked for and is not written yet: a few seconds in which it can be undone without a trace. */

import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { say } from '../../words';
import { reason } from '../../words/faults';
import type { Asked } from './deeds';
import type { Deed } from './keys';
import { DeskRoom } from './room';

const UNDO_MS = 5_000;
const SAID_MS = 6_000;

/** One deed, from the wish to what became of its letter. */
type Stage =
  | { is: 'pending'; asked: Asked; until: number }
  | { is: 'written'; asked: Asked; since: number }
  | { is: 'said'; text: string; bad: boolean; until: number };

@customElement('kezek-pending')
export class Pending extends DeskRoom {
  static override styles = [
    ...DeskRoom.styles,
    css`
      .bar {
        position: fixed;
        inset-block-end: 44px;
        inset-inline: 0;
        z-index: 5;
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: var(--s2) var(--s3);
        inline-size: fit-content;
        max-inline-size: calc(100vw - 24px);
        margin-inline: auto;
        padding: 10px 14px;
        border: 1px solid var(--edge);
        border-radius: var(--r2);
        background: var(--raised);
        box-shadow: var(--shadow);
      }
      .bar.bad {
        border-color: var(--danger);
        color: var(--danger);
      }
    `,
  ];

  @state() private stage: Stage | null = null;
  #timer = 0;

  override disconnectedCallback() {
    super.disconnectedCallback();
    window.clearTimeout(this.#timer);
    // Whoever leaves the desk has not undone it.
    if (this.stage?.is === 'pending') void this.#write(this.stage.asked);
  }

  override render() {
    return html`<div role="status">${this.stage ? this.#bar(this.stage) : nothing}</div>`;
  }

  #bar(stage: Stage) {
    if (stage.is === 'said')
      return html`<div class="bar ${stage.bad ? 'bad' : ''}">${stage.text}</div>`;
    const { asked } = stage;
    const head = html`<span><b>${say(asked.done)}</b> · ${asked.what}</span>`;
    if (stage.is === 'written')
      return html`<div class="bar">${head}<span class="quiet">${say('deed_written')}</span></div>`;
    const n = Math.max(1, Math.ceil((stage.until - performance.now()) / 1000));
    return html`<div class="bar">
      ${head}<span class="quiet">${say('deed_pending', { n })}</span>
      <button type="button" class="do" @click=${() => this.act('undo')}>
        ${say('deed_undo')}<span class="key">U</span>
      </button>
      <button type="button" class="do main" @click=${() => this.act('now')}>
        ${say('deed_now')}<span class="key">S</span>
      </button>
    </div>`;
  }

  /** Another wish does not undo the one before it. */
  async ask(asked: Asked): Promise<void> {
    if (this.stage?.is === 'pending') await this.#write(this.stage.asked);
    this.stage = { is: 'pending', asked, until: performance.now() + UNDO_MS };
    this.#tick();
  }

  override act(deed: Deed): boolean {
    if (this.stage?.is !== 'pending') return false;
    if (deed === 'now') void this.#write(this.stage.asked);
    else if (deed === 'undo') this.#say(say('deed_undone'));
    else return false;
    return true;
  }

  #tick() {
    window.clearTimeout(this.#timer);
    const { stage } = this;
    if (!stage || stage.is === 'written') return;
    if (performance.now() >= stage.until) {
      if (stage.is === 'pending') void this.#write(stage.asked);
      else this.stage = null;
      return;
    }
    this.requestUpdate();
    this.#timer = window.setTimeout(() => this.#tick(), 500);
  }

  async #write(asked: Asked): Promise<void> {
    this.stage = { is: 'written', asked, since: this.app.now() };
    try {
      await this.app.change(asked.kind, asked.id, asked.set);
      this.requestUpdate();
    } catch {
      this.#say(say('deed_failed'), true);
    }
  }

  /** The outbox knows what became of the letter. */
  override willUpdate() {
    if (this.stage?.is !== 'written') return;
    const { asked } = this.stage;
    const own = this.app.outbox().find(({ kind, id }) => kind === asked.kind && id === asked.id);
    if (!own || own.state === 'waiting' || own.state === 'sent') return;
    const stands = own.state === 'stored';
    const why = reason(own.code || 'held');
    this.#say(stands ? say('deed_stored') : say('deed_refused', { why }), !stands);
  }

  #say(text: string, bad = false) {
    this.stage = { is: 'said', text, bad, until: performance.now() + SAID_MS };
    window.clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => this.#tick(), SAID_MS);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'kezek-pending': Pending;
  }
}

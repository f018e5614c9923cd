/** The letters that made a record what it is, newest first: asked for, a page at a time, and logged. */

import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { History as Page, Revision } from '../../port';
import type { Body } from '../../sync/contract.gen';
import { type Key, say } from '../../words';
import { moment } from '../../words/moments';
import { failure } from './failure';
import { field_said } from './names';
import { DeskRoom } from './room';

@customElement('kezek-history')
export class History extends DeskRoom {
  static override styles = [
    ...DeskRoom.styles,
    css`
      ol {
        display: grid;
        gap: var(--s3);
        margin-block: var(--s2);
      }
      li {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 0 var(--s3);
      }
      li time {
        color: var(--ink-2);
        white-space: nowrap;
      }
      li > div {
        min-inline-size: 0;
        overflow-wrap: anywhere;
      }
      dl {
        margin-block-start: 2px;
        color: var(--ink-2);
        font-size: var(--t-xs);
      }
      dt {
        display: inline;
      }
      dt::after {
        content: ': ';
      }
      dd {
        display: inline;
        color: var(--ink);
      }
    `,
  ];

  @property() kind = '';
  @property({ attribute: 'record-id' }) record_id = '';
  /** Of the record as it is known here; what was read of an older one says so. */
  @property({ type: Number }) version = 0;

  @state() private revisions: readonly Revision[] | null = null;
  @state() private busy = false;
  @state() private fault = '';
  #before = 0;
  #read = 0;
  #asked = 0;

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('record_id') || changed.has('kind')) this.#forget();
  }

  override render() {
    if (!this.revisions) return this.#closed();
    const older = this.version > this.#read;
    return html`<h3 tabindex="-1">${say('history')}</h3>
      ${
        older
          ? html`<button type="button" class="do" @click=${() => this.show()}>${say('history_old')}</button>`
          : nothing
      }
      <ol>${this.revisions.map((one) => this.#revision(one))}</ol>
      ${this.#more()} ${this.#fault()}`;
  }

  #closed() {
    const button = html`<button type="button" class="do" ?disabled=${this.busy} @click=${() => this.show()}>
        ${this.busy ? say('loading') : say('history_show')}<span class="key">H</span>
      </button>
      <p class="note">${say('history_note')}</p>`;
    return html`${this.version > 0 ? button : html`<p class="note">${say('history_none')}</p>`}${this.#fault()}`;
  }

  #revision(one: Revision) {
    const now = this.app.now();
    const what =
      one.version === 0
        ? say('history_refused')
        : say(
            one === this.revisions?.at(-1) && !this.#before ? 'history_created' : 'history_changed',
          );
    const who = one.name || this.names.person(one.author)?.name || say('somebody');
    const role = one.role ? say(`role_${one.role}` as Key) : '';
    const spread =
      one.spread < 0
        ? say('history_spread_unknown')
        : say('history_spread', { n: Math.ceil(one.spread / 1000) });
    return html`<li>
      <time>${moment(one.happened, now)}</time>
      <div>
        <b>${who}</b> <span class="quiet">${role}</span>
        <p>${what} <span class="quiet">${spread}</span></p>
        ${this.#said({ ...one.set, ...one.add }, now)}
        <p class="note">${say('history_arrived', { time: moment(one.arrived, now) })}</p>
      </div>
    </li>`;
  }

  #said(body: Body, now: number) {
    const fields = Object.keys(body).filter((field) => body[field] !== '' && body[field] !== null);
    return html`<dl>
      ${fields.map(
        (field) => html`<div>
          <dt>${field_said(field)}</dt>
          <dd>${this.names.value(this.kind, field, body[field], now)}</dd>
        </div>`,
      )}
    </dl>`;
  }

  #more() {
    if (!this.#before) return nothing;
    return html`<button type="button" class="do" ?disabled=${this.busy} @click=${() => this.#page(this.#before)}>
      ${say(this.busy ? 'loading' : 'list_more')}
    </button>`;
  }

  #fault() {
    if (!this.fault) return nothing;
    return html`<p class="alert bad" role="alert">${this.fault}</p>`;
  }

  /** From the newest on; where it is read already, it is read anew. */
  async show(): Promise<void> {
    if (this.version === 0 || this.busy) return;
    this.#before = 0;
    await this.#page(0);
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('h3')?.focus();
  }

  async #page(before: number) {
    const asked = ++this.#asked;
    this.busy = true;
    this.fault = '';
    const reply = await this.app.oversight.revisions(this.kind, this.record_id, before);
    if (asked !== this.#asked) return;
    this.busy = false;
    if (reply.is === 'answer') this.#take(reply.value, before);
    else this.fault = failure(reply);
  }

  #take(page: Page, before: number) {
    this.revisions = before ? [...(this.revisions ?? []), ...page.revisions] : page.revisions;
    this.#before = page.before;
    if (!before) this.#read = page.version;
  }

  #forget() {
    this.#asked += 1;
    this.revisions = null;
    this.busy = false;
    this.fault = '';
    this.#before = 0;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'kezek-history': History;
  }
}

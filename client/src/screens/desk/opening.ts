/** The personal data behind a record: shown when a purpose is given, logged, and let go of on leaving. */

import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Body } from '../../sync/contract.gen';
import { ATOMS, type KindName, PURPOSES, type Purpose } from '../../sync/contract.gen';
import { say } from '../../words';
import { exact } from '../../words/moments';
import { failure } from './failure';
import { field_said, fields_of } from './names';
import { DeskRoom } from './room';

interface Shown {
  kind: string;
  body: Body;
  at: number;
  purpose: Purpose;
}

type Stage = 'closed' | 'asking' | 'busy' | 'open';

/**
 * Of a violation it opens the people in it, of any other kind the record itself.
 */
@customElement('kezek-opening')
export class Opening extends DeskRoom {
  static override styles = [
    ...DeskRoom.styles,
    css`
      form,
      .open {
        display: grid;
        gap: var(--s2);
        justify-items: start;
        padding: var(--s3);
        border: 1px solid var(--edge);
        border-radius: var(--r1);
      }
      form label {
        inline-size: 100%;
        font-weight: 620;
        font-size: var(--t-xs);
      }
      select,
      textarea {
        display: block;
        inline-size: 100%;
        margin-block-start: 2px;
        font-weight: 400;
        font-size: 0.875rem;
      }
      .pair {
        display: flex;
        flex-wrap: wrap;
        gap: var(--s2);
      }
      .open {
        border-color: var(--warn);
        background: var(--warn-soft);
      }
      .open h3:focus-visible {
        outline: none;
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 4px var(--s3);
      }
      dd {
        font-weight: 620;
        overflow-wrap: anywhere;
      }
      dd.number {
        font-family: var(--mono);
        font-size: 1rem;
        letter-spacing: 0.04em;
      }
    `,
  ];

  @property() kind = '';
  @property({ attribute: 'record-id' }) record_id = '';

  @state() private stage: Stage = 'closed';
  @state() private purpose: Purpose | '' = '';
  @state() private words = '';
  @state() private fault = '';
  @state() private shown: readonly Shown[] = [];
  #asked = 0;

  override connectedCallback() {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#hidden);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#hidden);
    this.close();
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('record_id') || changed.has('kind')) this.close();
  }

  override render() {
    if (this.stage === 'open') return this.#open();
    if (this.stage === 'closed') {
      const title = this.kind === 'violation' ? 'opening_ask' : 'opening_record';
      return html`<button type="button" class="do" @click=${() => this.ask()}>
        ${say(title)}<span class="key">P</span>
      </button>`;
    }
    return this.#form();
  }

  #form() {
    const busy = this.stage === 'busy';
    return html`<form aria-label=${say('opening')} @submit=${this.#submit}>
      <p class="note">${say('opening_note')}</p>
      <label>${say('opening_purpose')}
        <select
          required
          @change=${(event: Event) => {
            this.purpose = (event.target as HTMLSelectElement).value as Purpose;
          }}
        >
          <option value="" ?selected=${this.purpose === ''}>—</option>
          ${PURPOSES.map((one) => html`<option value=${one} ?selected=${one === this.purpose}>${say(`purpose_${one}`)}</option>`)}
        </select>
      </label>
      <label>${say('opening_words')}
        <textarea
          rows="2"
          maxlength="300"
          .value=${this.words}
          @input=${(event: Event) => {
            this.words = (event.target as HTMLTextAreaElement).value;
          }}
        ></textarea>
      </label>
      ${this.fault ? html`<p class="alert bad" role="alert">${this.fault}</p>` : nothing}
      <div class="pair">
        <button class="do main" ?disabled=${busy}>${say(busy ? 'loading' : 'opening_go')}</button>
        <button type="button" class="do" @click=${() => this.close()}>${say('cancel')}</button>
      </div>
    </form>`;
  }

  #open() {
    const [first] = this.shown;
    const said = first && {
      time: exact(first.at),
      purpose: say(`purpose_${first.purpose}`),
    };
    return html`<div class="open" role="region" aria-label=${say('opening')}>
      <h3 tabindex="-1">${say('opening')}</h3>
      ${this.shown.map((one) => this.#body(one))}
      ${first ? nothing : html`<p>${say('opening_none')}</p>`}
      ${said ? html`<p class="note" role="status">${say('opening_logged', said)}</p>` : nothing}
      <p class="note">${say('opening_closes')}</p>
      <button type="button" class="do" @click=${() => this.close()}>${say('opening_close')}</button>
    </div>`;
  }

  #body({ kind, body }: Shown) {
    const order = Object.values(ATOMS[kind as KindName] ?? {}).flatMap(({ fields }) => fields);
    const now = this.app.now();
    return html`<dl>
      ${fields_of(body, order).map(
        (field) => html`<dt>${field_said(field)}</dt>
          <dd class=${field === 'iin' || field === 'document' ? 'number' : ''}>
            ${this.names.value(kind, field, body[field], now)}
          </dd>`,
      )}
    </dl>`;
  }

  ask() {
    this.stage = 'asking';
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>('select')?.focus();
    });
  }

  /** Whether there was something to close. */
  close(): boolean {
    const was = this.stage !== 'closed';
    this.#asked += 1;
    this.stage = 'closed';
    this.shown = [];
    this.purpose = '';
    this.words = '';
    this.fault = '';
    return was;
  }

  #submit = (event: Event) => {
    event.preventDefault();
    if (!this.purpose) this.fault = say('look_purpose_missing');
    else if (this.purpose === 'other' && !this.words.trim())
      this.fault = say('opening_words_needed');
    else void this.#go(this.purpose);
  };

  async #go(purpose: Purpose) {
    const asked = ++this.#asked;
    this.stage = 'busy';
    this.fault = '';
    const found = await this.#open_all(purpose);
    if (asked !== this.#asked) return;
    if (typeof found === 'string') {
      this.stage = 'asking';
      this.fault = found;
      return;
    }
    this.shown = found;
    this.stage = 'open';
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('h3')?.focus();
  }

  /** What was opened, or in words why nothing was. */
  async #open_all(purpose: Purpose): Promise<Shown[] | string> {
    const { oversight } = this.app;
    let targets: [kind: string, id: string][] = [[this.kind, this.record_id]];
    if (this.kind === 'violation' && this.people) {
      const reply = await oversight.subjects(this.record_id);
      if (reply.is !== 'answer') return failure(reply);
      targets = reply.value.map((id) => ['subject', id]);
    }
    const shown: Shown[] = [];
    for (const [kind, id] of targets) {
      const reply = await oversight.open(kind, id, purpose, this.words.trim());
      if (reply.is !== 'answer') return failure(reply);
      shown.push({ kind, body: reply.value.body, at: reply.value.as_of, purpose });
    }
    return shown;
  }

  /** Whether the people of a violation are meant, and not the violation. */
  @property({ type: Boolean }) people = false;

  #hidden = () => {
    if (document.visibilityState !== 'visible') this.close();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'kezek-opening': Opening;
  }
}

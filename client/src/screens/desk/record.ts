/** One record whole: what it says, what may be done with it, who is in it, and how it came to be so. */

import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { icon } from '../../parts/icon';
import type { Kept } from '../../port';
import { ATOMS, type Body, type KindName, type Shift } from '../../sync/contract.gen';
import { type Key, named, say } from '../../words';
import { tone_of } from './cards';
import { type Asked, type Possible, possible } from './deeds';
import type { History } from './history';
import type { Deed } from './keys';
import { field_said, fields_of } from './names';
import type { Opening } from './opening';
import { DeskRoom } from './room';
import { opens } from './rooms';
import type { ShiftForm } from './shift-form';
import './history';
import './opening';
import './shift-form';

const KINDS: { [kind: string]: Key } = {
  violation: 'kind_violation',
  shift: 'kind_shift',
  assist: 'kind_assist',
  person: 'field_person',
  route: 'route',
};
/** Said elsewhere, or drawn on the map. */
const UNSAID = ['line', 'state', 'offence', 'lat', 'lon'];

/**
 * @fires closed - back to the list
 * @fires asked - a deed was asked for; `detail` is an Asked
 */
@customElement('kezek-record')
export class Record extends DeskRoom {
  static override styles = [
    ...DeskRoom.styles,
    css`
      :host {
        display: grid;
        align-content: start;
        gap: var(--s3);
        padding: var(--s3) var(--s4) var(--s5);
      }
      header {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 2px var(--s2);
      }
      header p {
        grid-column: 1 / -1;
      }
      h2 {
        font-size: 1.125rem;
        line-height: 1.25;
        font-weight: 660;
        overflow-wrap: anywhere;
        margin-inline: -4px;
        padding: 1px 4px;
        outline-offset: -1px;
        border-radius: 4px;
      }
      .close {
        align-self: start;
        padding: 2px 8px;
      }
      dl {
        display: grid;
        grid-template-columns: minmax(6.5rem, auto) minmax(0, 1fr);
        gap: 5px var(--s3);
      }
      dt {
        color: var(--ink-2);
      }
      dd {
        overflow-wrap: anywhere;
      }
      .deeds {
        display: flex;
        flex-wrap: wrap;
        gap: var(--s2);
      }
      .none {
        padding-block: var(--s5);
        color: var(--ink-2);
      }
      .none b {
        display: block;
        margin-block-end: 4px;
        color: var(--ink);
      }
    `,
  ];

  @property({ attribute: false }) of: { kind: string; id: string } | null = null;
  @state() private changing = false;
  @query('kezek-history') private history!: History | null;
  @query('kezek-opening') private opening!: Opening | null;
  @query('kezek-shift-form') private form!: ShiftForm | null;

  override willUpdate(changed: Map<string, unknown>) {
    const before = changed.get('of') as typeof this.of | undefined;
    if (changed.has('of') && before?.id !== this.of?.id) this.changing = false;
  }

  override render() {
    if (!this.of) return this.#none('detail_none', 'detail_none_note');
    const row = this.#row;
    if (!row) return this.#none('detail_gone', 'detail_gone_note');
    return html`${this.#head(row)} ${this.#deeds(row)} ${this.#fields(row)} ${this.#people(row)}
      <kezek-history
        .app=${this.app}
        .names=${this.names}
        .kind=${row.kind}
        .record_id=${row.id}
        .version=${row.version}
      ></kezek-history>`;
  }

  get #row(): Kept<Body> | null {
    return this.of ? this.app.record<Body>(this.of.kind, this.of.id) : null;
  }

  #none(heading: Key, note: Key) {
    return html`<div class="none"><b>${say(heading)}</b><p class="note">${say(note)}</p></div>`;
  }

  #head(row: Kept<Body>) {
    const { version, waiting, body } = row;
    const state = typeof body.state === 'string' ? body.state : '';
    return html`<header>
      <h2 tabindex="-1">${this.#title(row)}</h2>
      <button type="button" class="do close" aria-label=${say('detail_close')} @click=${() => this.tell('closed', null)}>
        ${icon('cross', 18)}
      </button>
      <p class="quiet">
        ${say(KINDS[row.kind] ?? 'kind_record')}
        ${state ? html` · <span class="tag ${tone_of(state)}">${say(`step_${state}` as Key)}</span>` : nothing}
      </p>
      <p class="note" role="status">
        ${waiting ? say('detail_waiting') : say('detail_stored', { n: version })}
      </p>
    </header>`;
  }

  #title({ kind, body }: Kept<Body>): string {
    const text = (field: string) => String(body[field] ?? '');
    if (kind === 'violation')
      return `${text('article')} · ${this.names.offence(text('offence'), text('article'))}`;
    if (kind === 'shift') {
      const post = body.route ? this.names.route(text('route')) : say(`post_${body.post}` as Key);
      return `${this.names.call_sign(text('person'))} · ${post}`;
    }
    if (kind === 'assist') return say(`activity_${body.activity}` as Key);
    if (kind === 'person') return `${text('call_sign')} · ${text('name')}`;
    return kind === 'route' ? `${text('code')} · ${named(body, 'name')}` : kind;
  }

  #fields({ kind, body }: Kept<Body>) {
    const order = Object.values(ATOMS[kind as KindName] ?? {}).flatMap(({ fields }) => fields);
    const now = this.app.now();
    const fields = fields_of(body, order).filter((field) => !UNSAID.includes(field));
    return html`<dl>
      ${fields.map(
        (field) => html`<dt>${field_said(field)}</dt>
          <dd>${this.names.value(kind, field, body[field], now)}</dd>`,
      )}
    </dl>`;
  }

  #deeds(row: Kept<Body>) {
    if (this.changing && row.kind === 'shift') {
      return html`<kezek-shift-form
        .app=${this.app}
        .names=${this.names}
        .shift=${row as unknown as Kept<Shift>}
        @planned=${(event: CustomEvent<Body>) => this.#ask('deed_done_change', event.detail)}
        @closed=${this.#keep}
      ></kezek-shift-form>`;
    }
    const can = possible(row, this.my_role);
    if (can.length === 0) return nothing;
    return html`<div class="deeds">
      ${can.map(
        (one) => html`<button type="button" class="do ${one.tone}" @click=${() => this.#do(one)}>
          ${say(one.title)}<span class="key">${one.cap}</span>
        </button>`,
      )}
    </div>`;
  }

  #people({ kind, id, body }: Kept<Body>) {
    if (kind !== 'violation' || !opens('subject', this.my_role)) return nothing;
    if (body.subject !== 'person') return nothing;
    return html`<kezek-opening
      .app=${this.app}
      .names=${this.names}
      kind="violation"
      people
      .record_id=${id}
    ></kezek-opening>`;
  }

  override act(deed: Deed): boolean {
    const row = this.#row;
    if (!row) return false;
    if (deed === 'history') {
      void this.history?.show();
      return true;
    }
    if (deed === 'person' && this.opening) {
      this.opening.ask();
      return true;
    }
    if (deed === 'back') return this.#step_back();
    const one = possible(row, this.my_role).find((can) => can.deed === deed);
    if (one) this.#do(one);
    return one !== undefined;
  }

  #step_back(): boolean {
    const was = this.changing || (this.opening?.close() ?? false);
    this.changing = false;
    if (was) this.focus();
    return was;
  }

  #do({ set, done }: Possible) {
    if (set) {
      this.#ask(done, set);
      return;
    }
    this.changing = true;
    void this.updateComplete.then(() => this.form?.focus());
  }

  #ask(done: Key, set: Body) {
    this.changing = false;
    const row = this.#row;
    if (!row) return;
    const what = this.#title(row);
    const asked: Asked = { done, what, kind: row.kind as KindName, id: row.id, set };
    this.tell('asked', asked);
    this.focus();
  }

  #keep = (event: Event) => {
    event.stopPropagation();
    this.changing = false;
    this.focus();
  };

  override focus() {
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>('h2')?.focus();
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'kezek-record': Record;
  }
}

/** Who looked at what: an auditor's whole log, or the looks at one's own records. Read from the server. */

import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Rows } from '../../parts/desk/rows';
import type { Access } from '../../port';
import { type Key, say } from '../../words';
import { exact, moment } from '../../words/moments';
import { failure } from './failure';
import type { Deed } from './keys';
import type { Opening } from './opening';
import { DeskRoom } from './room';
import { list_room_look } from './room-look';
import { opens } from './rooms';
import '../../parts/desk/rows';
import './opening';

const ROW = 40;
const KINDS: { [kind: string]: Key } = {
  violation: 'kind_violation',
  subject: 'kind_subject',
  shift: 'kind_shift',
  assist: 'kind_assist',
  person: 'field_person',
  route: 'route',
};
const WHAT: { [what: string]: Key } = {
  open: 'looked_open',
  history: 'looked_history',
  accesses: 'looked_accesses',
  refused: 'looked_refused',
};
const HEADS: readonly { title: Key; width: string; whole?: boolean }[] = [
  { title: 'column_time', width: 'minmax(8rem, 10rem)' },
  { title: 'column_who', width: 'minmax(8rem, 1.4fr)' },
  { title: 'column_role', width: 'minmax(6rem, 1fr)' },
  { title: 'column_looked', width: 'minmax(7rem, 1fr)' },
  { title: 'column_record', width: 'minmax(7rem, 1fr)' },
  { title: 'column_purpose', width: 'minmax(7rem, 1fr)' },
  { title: 'column_words', width: 'minmax(7rem, 1.4fr)', whole: true },
];

type Row = Access & { id: string };

@customElement('kezek-looks-room')
export class LooksRoom extends DeskRoom {
  static override styles = [
    ...DeskRoom.styles,
    list_room_look,
    css`
      .room.alone {
        grid-template-columns: minmax(0, 1fr);
      }
      .more {
        padding: var(--s2) var(--s4);
      }
      .detail {
        display: grid;
        align-content: start;
        gap: var(--s3);
        padding: var(--s4);
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 5px var(--s3);
      }
      dt {
        color: var(--ink-2);
      }
      dd {
        overflow-wrap: anywhere;
      }
    `,
  ];

  /** All of the log, and not only looks at one's own. */
  @property({ type: Boolean }) whole = false;

  @state() private rows: readonly Row[] | null = null;
  @state() private as_of = 0;
  @state() private busy = false;
  @state() private fault = '';
  @state() private chosen = '';
  @query('kezek-rows') private list!: Rows | null;
  @query('kezek-opening') private opening!: Opening | null;
  #before = 0;

  override connectedCallback() {
    super.connectedCallback();
    void this.#page(0);
  }

  override render() {
    const one = this.rows?.find(({ id }) => id === this.chosen);
    return html`<div class="room at-list ${this.whole ? '' : 'alone'}">
      <section class="list" aria-label=${say(this.whole ? 'room_accesses' : 'room_mine')}>
        ${this.#head()} ${this.#list()}
      </section>
      ${this.whole ? html`<section class="detail" aria-label=${say('detail')}>${this.#detail(one)}</section>` : nothing}
    </div>`;
  }

  #head() {
    const age = this.as_of ? say('as_of_time', { time: exact(this.as_of) }) : say('not_known_yet');
    return html`<div class="head">
      <h1>${say(this.whole ? 'room_accesses' : 'room_mine')}</h1>
      ${this.rows ? html`<small>${this.rows.length}${this.#before ? '+' : ''}</small>` : nothing}
      <button type="button" class="do" ?disabled=${this.busy} @click=${() => this.#page(0)}>
        ${say(this.busy ? 'loading' : 'refresh')}
      </button>
      <small class="as-of">${age}</small>
    </div>
    ${this.whole ? nothing : html`<p class="note more">${say('mine_note')}</p>`}`;
  }

  #list() {
    if (this.fault) return html`<p class="alert bad" role="alert">${this.fault}</p>`;
    if (!this.rows) return html`<p class="nothing" role="status">${say('loading')}</p>`;
    if (this.rows.length === 0) {
      const none = say(this.whole ? 'accesses_none' : 'mine_none');
      return html`<div class="nothing" role="status"><b>${none}</b></div>`;
    }
    const heads = HEADS.filter(({ whole }) => this.whole || !whole);
    return html`<kezek-rows
        .label=${say(this.whole ? 'room_accesses' : 'room_mine')}
        .items=${this.rows}
        .heads=${heads.map(({ title, width }) => ({ title: say(title), width }))}
        .draw=${(row: Row) => this.#cells(row)}
        .height=${ROW}
        .chosen=${this.chosen}
        @chosen=${(event: CustomEvent<string>) => (this.chosen = event.detail)}
      ></kezek-rows>
      ${
        this.#before
          ? html`<p class="more"><button type="button" class="do" ?disabled=${this.busy} @click=${() => this.#page(this.#before)}>
              ${say('list_more')}
            </button></p>`
          : nothing
      }`;
  }

  #cells(row: Row): readonly string[] {
    const cells = [
      moment(row.at, this.app.now()),
      row.name || this.names.person(row.person)?.name || row.person.slice(0, 8),
      row.role ? say(`role_${row.role}` as Key) : '—',
      say(WHAT[row.what] ?? 'looked_open'),
      this.#record(row),
      row.purpose ? say(`purpose_${row.purpose}` as Key) : '—',
    ];
    if (!this.whole) return cells;
    const erased = row.purpose === 'other' && row.words === null;
    return [...cells, erased ? say('words_erased') : (row.words ?? '')];
  }

  #record({ kind, record }: Row): string {
    return kind ? `${say(KINDS[kind] ?? 'kind_record')} ${record.slice(-6)}` : '—';
  }

  #detail(row: Row | undefined) {
    if (!row) return html`<b>${say('detail_none')}</b>`;
    const heads = HEADS.filter(({ whole }) => this.whole || !whole);
    const cells = this.#cells(row);
    const may =
      (row.kind === 'violation' || row.kind === 'subject') && opens(row.kind, this.my_role);
    return html`<dl>
        ${heads.map(({ title }, n) => html`<dt>${say(title)}</dt><dd>${cells[n] || '—'}</dd>`)}
      </dl>
      ${
        may
          ? html`<kezek-opening .app=${this.app} .names=${this.names} .kind=${row.kind} .record_id=${row.record}></kezek-opening>`
          : nothing
      }`;
  }

  async #page(before: number) {
    this.busy = true;
    const { oversight } = this.app;
    const reply = await (this.whole ? oversight.accesses(before) : oversight.mine(before));
    this.busy = false;
    this.fault = reply.is === 'answer' ? '' : failure(reply);
    if (reply.is !== 'answer') return;
    const rows = reply.value.accesses.map((one) => ({ ...one, id: String(one.position) }));
    this.rows = before ? [...(this.rows ?? []), ...rows] : rows;
    this.#before = reply.value.before;
    this.as_of = this.app.now();
  }

  override act(deed: Deed): boolean {
    const steps: { [deed in Deed]?: number } = { next: 1, previous: -1, first: -1e9, last: 1e9 };
    const by = steps[deed];
    if (by !== undefined && this.list) {
      this.chosen = this.list.step(by);
      this.list.focus();
      return true;
    }
    if ((deed === 'open' || deed === 'person') && this.opening) {
      this.opening.ask();
      return true;
    }
    if (deed === 'back') {
      this.opening?.close();
      this.list?.focus();
      return true;
    }
    return false;
  }

  override focus() {
    void this.updateComplete.then(() => {
      if (this.list) this.list.focus();
      else this.renderRoot.querySelector<HTMLElement>('button')?.focus();
    });
  }
}

/** A list of the desk with its conditions and its detail; in the centre with a map between them. */

import { html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Choice, ConditionsBar } from '../../parts/desk/conditions';
import type { Rows } from '../../parts/desk/rows';
import type { MapChoice } from '../../parts/map/map';
import type { Kept } from '../../port';
import type { Body } from '../../sync/contract.gen';
import { say } from '../../words';
import type { Conditions, Facet } from './address';
import { card_of } from './cards';
import { listing, read_ahead, type Sort } from './choosing';
import type { DeskMap } from './desk-map';
import type { Deed } from './keys';
import { as_of, knowledge } from './knowledge';
import { nothing_here } from './nothing';
import { choices_of } from './options';
import type { Record } from './record';
import { remembered } from './remembered';
import { DeskRoom } from './room';
import { list_room_look } from './room-look';
import { SHEETS, type Sheet, type SheetName, sheet_of } from './sheets';
import '../../parts/desk/conditions';
import '../../parts/desk/rows';
import './desk-map';
import './record';

const ROW = 40;
const CARD = 84;

const NONE: readonly Kept<Body>[] = [];

type Listing = ReturnType<typeof listing>;

export interface Pointed {
  kind: string;
  id: string;
}

/**
 * @fires conditions - `detail` is what the list is narrowed by now
 */
@customElement('kezek-list-room')
export class ListRoom extends DeskRoom {
  static override styles = [...DeskRoom.styles, list_room_look];

  /** The lists that it can show, the first one first. */
  @property({ attribute: false }) sheets: readonly SheetName[] = [];
  @property({ attribute: false }) conditions: Conditions = {};
  @property({ type: Boolean }) mapped = false;

  @state() private which = 0;
  @state() private text = '';
  @state() private sort: Sort | null = null;
  @state() private chosen: Pointed | null = null;
  /** On a narrow screen the list, the map and the detail stand one at a time. */
  @state() private front: 'list' | 'map' | 'detail' = 'list';
  @query('kezek-rows') private list!: Rows;
  @query('kezek-conditions') private bar!: ConditionsBar;
  @query('kezek-record') private record!: Record | null;
  @query('kezek-desk-map') private map!: DeskMap | null;

  #listings: { own: Listing; others: Listing } | null = null;
  #stop_reading: () => void = () => undefined;
  #ahead = remembered((all: readonly Kept<Body>[], sheet: Sheet) => {
    this.#stop_reading();
    // A browser without idle time reads them at the first search.
    if ('requestIdleCallback' in window) this.#stop_reading = read_ahead(all, sheet, this.names);
  });
  #district = remembered((district?: string): Conditions => (district ? { district } : {}));
  /** What had arrived when the room was entered, and what was looked at since. */
  #mark = 0;
  #looked = new Set<string>();

  get #sheet(): Sheet {
    return SHEETS[this.sheets[this.which] ?? this.sheets[0] ?? 'people'];
  }

  get #lists() {
    this.#listings ??= { own: listing(this.names), others: listing(this.names) };
    return this.#listings;
  }

  override render() {
    const rows = this.#rows(this.#sheet);
    const { front } = this;
    return html`<div class="room ${this.mapped ? 'mapped' : ''} at-${front}">
      <section class="list" aria-label=${say(this.#sheet.title)}>
        ${this.#head(rows)} ${this.#conditions()} ${this.#list(rows)}
      </section>
      ${this.mapped ? this.#map(rows) : nothing}
      <section class="detail" aria-label=${say('detail')}>
        <kezek-record
          .app=${this.app}
          .names=${this.names}
          .of=${this.chosen}
          @closed=${() => this.#back()}
        ></kezek-record>
      </section>
    </div>`;
  }

  #head(rows: readonly Kept<Body>[]) {
    const all = this.app.all<Body>(this.#sheet.kind).length;
    const n = rows.length;
    const truth = this.app.truth();
    const count = n === all ? say('count_all', { n }) : say('count_of', { n, all });
    return html`<div class="head">
      ${this.sheets.length > 1 ? this.#swap() : html`<h1>${say(this.#sheet.title)}</h1>`}
      <small class="count">${count}</small>
      <small class="as-of ${knowledge(truth)}">${as_of(truth)}</small>
    </div>`;
  }

  #swap() {
    return html`<h1 class="hidden">${say('room_live')}</h1>
      <div class="swap" role="group" aria-label=${say('list_of')}>
        ${this.sheets.map(
          (name, n) => html`<button
            type="button"
            aria-pressed=${String(n === this.which)}
            @click=${() => this.#show(n)}
          >${say(SHEETS[name].title)}</button>`,
        )}
      </div>`;
  }

  #conditions() {
    const choices: Choice[] = choices_of(
      this.app,
      this.my_role,
      this.#sheet,
      this.conditions,
      this.names,
    );
    return html`<kezek-conditions
      .choices=${choices}
      .text=${this.text}
      @condition=${(event: CustomEvent<[Facet, string]>) => this.#narrow(...event.detail)}
      @sought=${(event: CustomEvent<string>) => (this.text = event.detail)}
    ></kezek-conditions>`;
  }

  #list(rows: readonly Kept<Body>[]) {
    const sheet = this.#sheet;
    const now = this.app.now();
    const columns = sheet.columns.map(({ title, width }) => ({ title: say(title), width }));
    const cells = (row: Kept<Body>) =>
      sheet.columns.map((column) => column.text(row, this.names, now));
    const card = (row: Kept<Body>) => card_of(row, this.names, now, this.#is_new(row));
    return html`<kezek-rows
        class=${rows.length === 0 ? 'empty' : ''}
        .label=${say(sheet.title)}
        .items=${rows}
        .heads=${this.mapped ? [] : columns}
        .draw=${this.mapped ? card : cells}
        .height=${this.mapped ? CARD : ROW}
        .chosen=${this.chosen?.kind === sheet.kind ? this.chosen.id : ''}
        .sort=${this.sort}
        .stamp=${Math.floor(now / 60_000)}
        @chosen=${(event: CustomEvent<string>) => this.choose(sheet.kind, event.detail)}
        @opened=${() => this.act('open')}
        @sorted=${(event: CustomEvent<number>) => this.#order(event.detail)}
      ></kezek-rows>
      ${rows.length === 0 ? this.#nothing() : nothing}`;
  }

  #nothing() {
    const narrowed = this.text !== '' || Object.keys(this.conditions).length > 0;
    return nothing_here(this.app.truth(), narrowed, this.#clear);
  }

  #map(rows: readonly Kept<Body>[]) {
    return html`<kezek-desk-map
      .app=${this.app}
      .names=${this.names}
      .violations=${this.#on_ground('violations', rows)}
      .shifts=${this.#on_ground('shifts', rows)}
      .chosen=${this.chosen}
      @choose=${(event: CustomEvent<MapChoice>) => this.#picked(event.detail)}
    ></kezek-desk-map>`;
  }

  /** The list's own rows; of the list that does not show, those of the same district. */
  #on_ground(name: SheetName, rows: readonly Kept<Body>[]): readonly Kept<Body>[] {
    if (!this.sheets.includes(name)) return NONE;
    if (this.#sheet === SHEETS[name]) return rows;
    const { district } = this.conditions;
    const conditions = this.#district(district);
    return this.#lists.others(this.app.all<Body>(SHEETS[name].kind), SHEETS[name], {
      conditions,
      text: '',
      sort: null,
      recent: true,
      now: this.app.now(),
    });
  }

  #rows(sheet: Sheet): readonly Kept<Body>[] {
    const { conditions, text, sort, mapped: recent } = this;
    const wanted = { conditions, text, sort, recent, now: this.app.now() };
    return this.#lists.own(this.app.all<Body>(sheet.kind), sheet, wanted);
  }

  #is_new(row: Kept<Body>): boolean {
    return this.#mark > 0 && row.version > this.#mark && !this.#looked.has(row.id);
  }

  override updated() {
    this.#ahead(this.app.all<Body>(this.#sheet.kind), this.#sheet);
    if (this.#mark > 0 || knowledge(this.app.truth()) !== 'known') return;
    const versions = this.app.all('violation').map(({ version }) => version);
    this.#mark = versions.reduce((most, version) => Math.max(most, version), 1);
  }

  /** Point at a record, wherever it was found. */
  choose(kind: string, id: string, here = false) {
    const name = sheet_of(kind);
    const n = name ? this.sheets.indexOf(name) : -1;
    if (n >= 0 && n !== this.which) this.which = n;
    this.#looked.add(id);
    this.chosen = id ? { kind, id } : null;
    if (!here) this.front = 'detail';
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop_reading();
  }

  override act(deed: Deed): boolean {
    if (deed === 'next' || deed === 'previous') return this.#step(deed === 'next' ? 1 : -1);
    if (deed === 'first' || deed === 'last') return this.#step(deed === 'last' ? 1e9 : -1e9);
    if (deed === 'filter') return this.#to('list', () => this.bar);
    if (deed === 'map' && this.mapped) return this.#to('map', () => this.map);
    if (deed === 'swap' && this.sheets.length > 1) return this.#show(1 - this.which);
    if (deed === 'open' && this.chosen) return this.#to('detail', () => this.record);
    if (deed === 'back') return this.#back();
    return this.record?.act(deed) ?? false;
  }

  #step(by: number): boolean {
    const id = this.list.step(by);
    if (id) this.choose(this.#sheet.kind, id, true);
    this.list.focus();
    return true;
  }

  #back(): boolean {
    return this.record?.act('back') || this.#to('list', () => this.list);
  }

  /** Bring a part to the front, and the focus into it. */
  #to(front: typeof this.front, part: () => HTMLElement | null): boolean {
    this.front = front;
    void this.updateComplete.then(() => part()?.focus());
    return true;
  }

  #show(n: number): boolean {
    this.which = n;
    this.sort = null;
    this.#narrow('status', '');
    void this.updateComplete.then(() => this.list.focus());
    return true;
  }

  #picked(choice: MapChoice) {
    const kind = choice.kind === 'checkpoint' ? 'route' : choice.kind;
    if (kind !== 'label') this.choose(kind, choice.id);
  }

  #order(column: number) {
    const again = this.sort?.column === column;
    this.sort = { column, down: again ? !this.sort?.down : false };
  }

  #narrow(facet: Facet, value: string) {
    const { [facet]: _, ...rest } = this.conditions;
    this.tell('conditions', value ? { ...rest, [facet]: value } : rest);
  }

  #clear = () => {
    this.text = '';
    this.tell('conditions', {});
    void this.updateComplete.then(() => this.list.focus());
  };

  override focus() {
    this.list?.focus();
  }
}

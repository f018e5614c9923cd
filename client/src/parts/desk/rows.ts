/** A long list of which only what is seen is drawn: a listbox of cards, or a grid with columns. */

import { css, html, LitElement, nothing, type TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { look } from '../look';
import { card_look } from './card-look';
import { desk_look } from './look';

export interface Head {
  title: string;
  width: string;
}

export interface Item {
  id: string;
}

/** Drawn above and below what is seen, so that a quick hand sees no gaps. */
const SPARE = 6;

/**
 * @fires chosen - by a click or by a key; `detail` is the id
 * @fires opened - Enter or a double click; `detail` is the id
 * @fires sorted - a column was pressed; `detail` is its number
 */
@customElement('kezek-rows')
export class Rows extends LitElement {
  static override styles = [
    look,
    desk_look,
    card_look,
    css`
      :host {
        display: flex;
        min-block-size: 0;
      }
      .scroll {
        flex: 1;
        min-inline-size: 0;
        overflow: auto;
        overscroll-behavior: contain;
        outline-offset: -3px;
      }
      .heads,
      .cells {
        display: grid;
        grid-template-columns: var(--columns);
        gap: 0 var(--s3);
        padding-inline: var(--s4);
        min-inline-size: var(--least, 0);
      }
      .heads {
        position: sticky;
        inset-block-start: 0;
        z-index: 1;
        background: var(--surface);
        border-block-end: 1px solid var(--line);
      }
      .heads button {
        inline-size: 100%;
        padding: 8px 0;
        border: 0;
        background: none;
        color: var(--ink-2);
        font-size: var(--t-xs);
        font-weight: 620;
        text-align: start;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .row {
        display: block;
        block-size: var(--height);
        min-block-size: 0;
        padding: 0;
        border: 0;
        border-block-end: 1px solid var(--line);
        font-size: inherit;
        overflow: hidden;
        cursor: default;
        box-shadow: inset 4px 0 0 transparent;
      }
      .row.chosen {
        background: var(--act-soft);
        box-shadow: inset 4px 0 0 var(--act);
      }
      .row:hover:not(.chosen) {
        background: var(--bg);
      }
      .cells {
        align-items: center;
        block-size: 100%;
      }
      .cells > span {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .cells > span:first-child {
        font-weight: 600;
      }
      @media (forced-colors: active) {
        .row.chosen {
          border: 2px solid Highlight;
        }
      }
    `,
  ];

  @property() label = '';
  @property({ attribute: false }) items: readonly Item[] = [];
  /** None: a list of cards. */
  @property({ attribute: false }) heads: readonly Head[] = [];
  @property({ attribute: false }) draw: (item: never) => TemplateResult | readonly string[] = () =>
    html``;
  @property({ type: Number }) height = 40;
  @property() chosen = '';
  @property({ attribute: false }) sort: { column: number; down: boolean } | null = null;
  /** Drawn anew when this changes: what the rows say depends on more than the rows. */
  @property({ attribute: false }) stamp: unknown = null;

  @state() private from = 0;
  @state() private seen = 20;
  @query('.scroll') private box!: HTMLElement;
  #where = new Map<string, number>();
  #grown = new ResizeObserver(() => this.#look());

  override connectedCallback() {
    super.connectedCallback();
    void this.updateComplete.then(() => this.#grown.observe(this.box));
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.#grown.disconnect();
  }

  override willUpdate(changed: Map<string, unknown>) {
    if (changed.has('items')) this.#where = new Map(this.items.map(({ id }, n) => [id, n]));
  }

  override render() {
    const grid = this.heads.length > 0;
    const first = Math.max(0, Math.min(this.from, this.items.length - this.seen) - SPARE);
    const shown = this.items.slice(first, this.from + this.seen + SPARE);
    const here = shown.some(({ id }) => id === this.chosen);
    return html`<div
      class="scroll"
      role=${grid ? 'grid' : 'listbox'}
      tabindex="0"
      aria-label=${this.label}
      aria-rowcount=${grid ? this.items.length + 1 : nothing}
      aria-activedescendant=${here ? `row-${this.chosen}` : nothing}
      @scroll=${this.#look}
    >
      ${grid ? this.#heads() : nothing}
      <div class="body" role=${grid ? 'rowgroup' : 'presentation'} data-first=${first}>
        ${repeat(
          shown,
          ({ id }) => id,
          (item, n) => this.#row(item, first + n),
        )}
      </div>
    </div>`;
  }

  #heads() {
    return html`<div role="rowgroup"><div class="heads" role="row" aria-rowindex="1">
      ${this.heads.map(({ title }, n) => this.#head(title, n))}
    </div></div>`;
  }

  #head(title: string, n: number) {
    const own = this.sort?.column === n ? this.sort : null;
    const order = own ? (own.down ? 'descending' : 'ascending') : 'none';
    return html`<span role="columnheader" aria-sort=${order}>
      <button type="button" @click=${() => this.#tell('sorted', n)}>
        ${title}${own ? (own.down ? ' ↓' : ' ↑') : ''}
      </button>
    </span>`;
  }

  #row(item: Item, n: number) {
    const chosen = item.id === this.chosen;
    const grid = this.heads.length > 0;
    const drawn = this.draw(item as never);
    return html`<div
      class="row ${chosen ? 'chosen' : ''}"
      id="row-${item.id}"
      role=${grid ? 'row' : 'option'}
      aria-selected=${String(chosen)}
      aria-rowindex=${grid ? n + 2 : nothing}
      aria-posinset=${grid ? nothing : n + 1}
      aria-setsize=${grid ? nothing : this.items.length}
      @click=${() => this.#tell('chosen', item.id)}
      @dblclick=${() => this.#tell('opened', item.id)}
    >
      ${Array.isArray(drawn) ? this.#cells(drawn as readonly string[]) : drawn}
    </div>`;
  }

  #cells(texts: readonly string[]) {
    return html`<div class="cells" role="presentation">
      ${texts.map((text) => html`<span role="gridcell" title=${text}>${text}</span>`)}
    </div>`;
  }

  /** Sizes go through the object model: the page's policy lets no style stand in the markup. */
  override updated(changed: Map<string, unknown>) {
    this.style.setProperty('--height', `${this.height}px`);
    this.style.setProperty('--columns', this.heads.map(({ width }) => width).join(' '));
    const body = this.renderRoot.querySelector<HTMLElement>('.body');
    if (body) {
      const first = Number(body.dataset.first);
      const shown = body.childElementCount;
      body.style.paddingBlockStart = `${first * this.height}px`;
      body.style.paddingBlockEnd = `${Math.max(0, this.items.length - first - shown) * this.height}px`;
    }
    if (changed.has('chosen')) this.#into_view();
  }

  /** The id `by` rows further down, within the list; of the first where none is chosen. */
  step(by: number): string {
    const at = this.#where.get(this.chosen);
    const next = at === undefined ? 0 : at + by;
    return this.items[Math.max(0, Math.min(this.items.length - 1, next))]?.id ?? '';
  }

  override focus() {
    this.box?.focus({ preventScroll: true });
  }

  #into_view() {
    const at = this.#where.get(this.chosen);
    if (at === undefined) return;
    const head = this.renderRoot.querySelector<HTMLElement>('.heads')?.offsetHeight ?? 0;
    const [top, room] = [at * this.height, this.box.clientHeight - head];
    if (top < this.box.scrollTop) this.box.scrollTop = top;
    else if (top + this.height > this.box.scrollTop + room)
      this.box.scrollTop = top + this.height - room;
  }

  #look = () => {
    this.from = Math.floor(this.box.scrollTop / this.height);
    this.seen = Math.max(1, Math.ceil(this.box.clientHeight / this.height));
  };

  #tell(what: 'chosen' | 'opened' | 'sorted', detail: string | number) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'kezek-rows': Rows;
  }
}

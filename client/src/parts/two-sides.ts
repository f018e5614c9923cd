/** Two sides of one record, field by field: what is written here, and what stands at the store. */

import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { say } from '../words';
import { icon } from './icon';
import { look } from './look';

/** One field as a person reads it on both sides; `wrong` where the fault names it. */
export interface SideRow {
  name: string;
  label: string;
  mine: string;
  theirs: string;
  wrong: boolean;
}

/** What stands over each column. Without `theirs` there is one column: the store has nothing. */
export interface SideHead {
  mine: string;
  theirs: string | null;
}

@customElement('kezek-two-sides')
export class TwoSides extends LitElement {
  static override styles = [
    look,
    css`
      [role='row'] {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 2px var(--s2);
        padding: var(--s3) var(--s4);
        border-block-start: 1px solid var(--line);
      }
      .single [role='row'] {
        grid-template-columns: 1fr;
      }
      [role='row'].heads {
        border-block-start: 0;
        padding-block-end: var(--s2);
      }
      [role='columnheader'] {
        font-size: var(--t-s);
        font-weight: 660;
      }
      small {
        display: block;
        font-size: var(--t-xs);
        font-weight: 400;
        color: var(--ink-2);
      }
      [role='rowheader'] {
        grid-column: 1 / -1;
        display: flex;
        align-items: center;
        gap: 6px;
        font-size: var(--t-xs);
        color: var(--ink-2);
      }
      [role='rowheader'] b {
        display: inline-flex;
        align-items: center;
        gap: 4px;
        font-weight: 620;
        color: var(--warn);
      }
      [role='cell'] {
        min-inline-size: 0;
        font-size: 1rem;
        line-height: 1.35;
        overflow-wrap: anywhere;
      }
      .differs [role='cell'] {
        padding: var(--s2);
        border-radius: var(--r1);
        background: var(--sunk);
        font-weight: 560;
      }
      .differs [role='cell']:first-of-type {
        background: var(--act-soft);
      }
      .wrong [role='cell'] {
        padding: var(--s2);
        border-radius: var(--r1);
        background: var(--danger-soft);
        box-shadow: inset 3px 0 0 var(--danger);
      }
      .wrong [role='rowheader'] b {
        color: var(--danger);
      }
      p {
        padding: var(--s3) var(--s4);
        border-block-start: 1px solid var(--line);
        font-size: var(--t-s);
        line-height: 1.4;
        color: var(--ink-2);
      }
      summary {
        min-block-size: var(--touch);
        padding: var(--s3) var(--s4);
        border-block-start: 1px solid var(--line);
        font-size: var(--t-s);
        color: var(--act);
        font-weight: 600;
        cursor: pointer;
      }
      summary:focus-visible {
        outline-offset: -3px;
      }
    `,
  ];

  @property({ attribute: false }) rows: readonly SideRow[] = [];
  @property({ attribute: false }) head: SideHead = { mine: '', theirs: null };

  override render() {
    const single = this.head.theirs === null;
    const named = this.rows.some(({ wrong }) => wrong);
    const first = this.rows.filter((row) =>
      single ? row.wrong || !named : row.wrong || row.mine !== row.theirs,
    );
    const rest = this.rows.filter((row) => !first.includes(row));
    return html`<section class=${single ? 'card single' : 'card'}>
      <div role="table" aria-label=${say('attention_compare')}>
        ${this.#heads()} ${first.map((row) => this.#row(row))}
      </div>
      ${single || first.length ? nothing : html`<p>${say('attention_all_same')}</p>`}
      ${single ? html`<p>${say('attention_nothing_there')}</p>` : nothing}
      ${rest.length ? this.#fold(rest, single) : nothing}
    </section>`;
  }

  #heads() {
    const { mine, theirs } = this.head;
    return html`<div role="row" class="heads">
      <span role="columnheader">${say('attention_mine')}<small>${mine}</small></span>
      ${
        theirs === null
          ? nothing
          : html`<span role="columnheader">${say('attention_theirs')}<small>${theirs}</small></span>`
      }
    </div>`;
  }

  #row(row: SideRow) {
    const single = this.head.theirs === null;
    const differs = !single && row.mine !== row.theirs;
    const mark = row.wrong ? 'attention_fault_here' : differs ? 'attention_differs' : null;
    return html`<div role="row" class=${row.wrong ? 'wrong' : differs ? 'differs' : ''}>
      <span role="rowheader">
        ${row.label}
        ${mark ? html`<b>${icon(row.wrong ? 'alert' : 'differ', 14)}${say(mark)}</b>` : nothing}
      </span>
      <div role="cell">${row.mine}</div>
      ${single ? nothing : html`<div role="cell">${row.theirs}</div>`}
    </div>`;
  }

  #fold(rest: readonly SideRow[], single: boolean) {
    return html`<details>
      <summary>${say(single ? 'attention_rest' : 'attention_same', { n: rest.length })}</summary>
      <div role="table" aria-label=${say('attention_compare')}>
        ${rest.map((row) => this.#row(row))}
      </div>
    </details>`;
  }
}

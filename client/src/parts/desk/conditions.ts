/** The line of conditions over a list: a few choices, and a text to find. */

import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { say } from '../../words';
import { look } from '../look';
import { desk_look } from './look';

export interface Choice {
  name: string;
  title: string;
  value: string;
  options: readonly { value: string; title: string }[];
}

/**
 * @fires condition - `detail` is [name, value]; '' for all
 * @fires sought - `detail` is the text
 */
@customElement('kezek-conditions')
export class ConditionsBar extends LitElement {
  static override styles = [
    look,
    desk_look,
    css`
      form {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
        padding: 0 var(--s4) var(--s2);
      }
      form > * {
        flex: 1 1 7rem;
        min-inline-size: 0;
      }
      select,
      input {
        inline-size: 100%;
      }
      select.set {
        border-color: var(--act);
        box-shadow: inset 0 0 0 1px var(--act);
        font-weight: 620;
      }
    `,
  ];

  @property({ attribute: false }) choices: readonly Choice[] = [];
  @property() text = '';

  override render() {
    return html`<form role="search" aria-label=${say('filters')} @submit=${(e: Event) => e.preventDefault()}>
      ${this.choices.map((choice) => this.#choice(choice))}
      <label>
        <span class="hidden">${say('filter_text')}</span>
        <input
          type="search"
          maxlength="60"
          autocomplete="off"
          spellcheck="false"
          placeholder=${say('filter_text')}
          .value=${live(this.text)}
          @input=${(event: Event) => this.#tell('sought', (event.target as HTMLInputElement).value)}
        />
      </label>
    </form>`;
  }

  #choice({ name, title, value, options }: Choice) {
    const known = options.some((option) => option.value === value);
    return html`<label>
      <span class="hidden">${title}</span>
      <select
        class=${value ? 'set' : ''}
        .value=${live(value)}
        @change=${(event: Event) => this.#tell('condition', [name, (event.target as HTMLSelectElement).value])}
      >
        <option value="" ?selected=${!value}>${title}: ${say('filter_any')}</option>
        ${value && !known ? html`<option value=${value} selected>${value}</option>` : nothing}
        ${options.map((option) => html`<option value=${option.value} ?selected=${option.value === value}>${option.title}</option>`)}
      </select>
    </label>`;
  }

  override focus() {
    this.renderRoot.querySelector<HTMLElement>('select, input')?.focus();
  }

  #tell(what: 'condition' | 'sought', detail: string | string[]) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}

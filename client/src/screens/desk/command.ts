/** The command line: `/`, a few letters, Enter. */

import { css, html, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { say } from '../../words';
import { type Found, found } from './found';
import { DeskRoom } from './room';

/**
 * @fires found - `detail` is what was chosen
 * @fires left - back to where one was
 */
@customElement('kezek-command')
export class Command extends DeskRoom {
  static override styles = [
    ...DeskRoom.styles,
    css`
      :host {
        position: relative;
        min-inline-size: 0;
      }
      .line {
        display: flex;
        align-items: center;
        gap: 8px;
        min-block-size: 34px;
        padding-inline: 10px;
        border: 1px solid var(--on-brand-2);
        border-radius: var(--r1);
        color: var(--on-brand-2);
      }
      .line:focus-within {
        outline: 2px solid var(--accent);
        outline-offset: 1px;
      }
      input,
      input:focus-visible {
        flex: 1;
        min-inline-size: 0;
        min-block-size: 32px;
        padding: 0;
        border: 0;
        outline: none;
        background: none;
        color: var(--on-brand);
      }
      input::placeholder {
        color: var(--on-brand-2);
        opacity: 1;
      }
      ul {
        position: absolute;
        inset: calc(100% + 4px) 0 auto;
        z-index: 6;
        min-inline-size: 300px;
        overflow: hidden;
        border: 1px solid var(--line);
        border-radius: var(--r1);
        background: var(--surface);
        color: var(--ink);
        box-shadow: var(--shadow);
      }
      li {
        display: flex;
        justify-content: space-between;
        gap: var(--s3);
        padding: 8px 12px;
        cursor: pointer;
      }
      li b {
        white-space: nowrap;
      }
      li small {
        color: var(--ink-2);
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      li[aria-selected='true'] {
        background: var(--act-soft);
        box-shadow: inset 4px 0 0 var(--act);
      }
      li.none {
        cursor: default;
        color: var(--ink-2);
      }
    `,
  ];

  @state() private text = '';
  @state() private at = 0;
  @state() private open = false;
  @query('input') private input!: HTMLInputElement;

  override render() {
    const list = this.open ? found(this.app, this.my_role, this.text) : [];
    const shown = this.open && this.text.trim() !== '';
    return html`<div class="line">
        <span class="key" aria-hidden="true">/</span>
        <input
          role="combobox"
          aria-label=${say('command')}
          aria-expanded=${String(shown)}
          aria-controls="list"
          aria-autocomplete="list"
          aria-activedescendant=${shown && list[this.at] ? `found-${this.at}` : nothing}
          autocomplete="off"
          spellcheck="false"
          maxlength="60"
          placeholder=${say('command_hint')}
          .value=${live(this.text)}
          @input=${this.#typed}
          @keydown=${this.#key}
          @focus=${() => (this.open = true)}
          @blur=${() => (this.open = false)}
        />
      </div>
      <ul id="list" role="listbox" aria-label=${say('command')} ?hidden=${!shown}>
        ${list.map((one, n) => this.#line(one, n))}
        ${shown && list.length === 0 ? html`<li class="none" role="option" aria-disabled="true" aria-selected="false">${say('command_none')}</li>` : nothing}
      </ul>`;
  }

  #line(one: Found, n: number) {
    return html`<li
      id="found-${n}"
      role="option"
      aria-selected=${String(n === this.at)}
      @mousedown=${(event: Event) => {
        event.preventDefault();
        this.#choose(one);
      }}
    >
      <b>${one.title}</b><small>${one.note}</small>
    </li>`;
  }

  #typed = (event: Event) => {
    this.text = (event.target as HTMLInputElement).value;
    this.at = 0;
    this.open = true;
  };

  #key = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      this.#leave();
      return;
    }
    const list = found(this.app, this.my_role, this.text);
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      this.at = Math.max(0, Math.min(list.length - 1, this.at + step));
    }
    const one = list[this.at];
    if (event.key === 'Enter' && one) {
      event.preventDefault();
      this.#choose(one);
    }
  };

  #choose(one: Found) {
    this.text = '';
    this.open = false;
    this.input.blur();
    this.dispatchEvent(new CustomEvent('found', { detail: one }));
  }

  #leave() {
    this.text = '';
    this.open = false;
    this.dispatchEvent(new CustomEvent('left'));
  }

  override focus() {
    this.input?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'kezek-command': Command;
  }
}

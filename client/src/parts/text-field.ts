/** A labelled field; what it doubts it says below, and never refuses. */

import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { icon } from './icon';
import { look } from './look';

type Kind = 'text' | 'password' | 'time' | 'digits' | 'long' | 'login';

/**
 * @fires typed - at every keystroke; `detail` is the text
 */
@customElement('kezek-text-field')
export class TextField extends LitElement {
  static override styles = [
    look,
    css`
      :host {
        min-inline-size: 0;
      }
      .box {
        display: grid;
        grid-template-columns: 1fr auto;
        align-items: center;
        background: var(--surface);
        border: 1.5px solid var(--edge);
        border-radius: var(--r2);
        padding: var(--s2) 14px 6px;
        min-block-size: 64px;
        cursor: text;
      }
      .box:focus-within {
        outline: 3px solid var(--accent);
        outline-offset: 2px;
      }
      .words {
        display: grid;
        min-inline-size: 0;
      }
      label {
        white-space: nowrap;
        overflow: hidden;
        text-overflow: ellipsis;
        font-size: var(--t-xs);
        line-height: 1.3;
        color: var(--ink-2);
      }
      input,
      textarea {
        inline-size: 100%;
        min-inline-size: 0;
        border: 0;
        padding: 0;
        margin: 0;
        outline: none;
        background: none;
        font-size: var(--t-m);
        line-height: 1.4;
        font-weight: 560;
        min-block-size: 26px;
        border-radius: 0;
        text-overflow: ellipsis;
      }
      input:focus-visible,
      textarea:focus-visible {
        outline: none;
      }
      textarea {
        resize: none;
        field-sizing: content;
        min-block-size: 52px;
        max-block-size: 240px;
        font-weight: 450;
      }
      ::placeholder {
        color: var(--ink-3);
        opacity: 1;
        font-weight: 400;
      }
      .digits input {
        font-family: var(--mono);
        font-size: 1.375rem;
        letter-spacing: 0.04em;
        font-weight: 600;
      }
      .note {
        display: flex;
        gap: 6px;
        margin: 6px 4px 0;
        font-size: 0.875rem;
        line-height: 1.35;
        color: var(--ink-2);
      }
      .note.warn {
        color: var(--warn);
      }
      .note.good {
        color: var(--good);
      }
    `,
  ];

  @property() label = '';
  @property() value = '';
  @property() kind: Kind = 'text';
  @property() hint = '';
  @property() warning = '';
  @property() good = '';
  @property() autofill = 'off';

  override render() {
    return html`<div class="box ${this.kind}" @click=${() => this.focus()}>
        <div class="words">
          <label for="field">${this.label}</label>
          ${this.kind === 'long' ? this.#long() : this.#line()}
        </div>
        <slot></slot>
      </div>
      <div aria-live="polite" id="note">${this.#note()}</div>`;
  }

  #line() {
    return html`<input
      id="field"
      type=${this.kind === 'password' ? 'password' : 'text'}
      maxlength="300"
      inputmode=${this.kind === 'digits' || this.kind === 'time' ? 'numeric' : nothing}
      autocapitalize=${this.kind === 'login' ? 'none' : nothing}
      spellcheck="false"
      autocomplete=${this.autofill as 'off'}
      placeholder=${this.hint || nothing}
      aria-describedby="note"
      .value=${live(this.value)}
      @input=${this.#typed}
      @change=${() => this.requestUpdate()}
    />`;
  }

  #long() {
    return html`<textarea
      id="field"
      rows="2"
      maxlength="4000"
      placeholder=${this.hint || nothing}
      .value=${live(this.value)}
      @input=${this.#typed}
    ></textarea>`;
  }

  #note() {
    if (this.warning) return html`<p class="note warn">${icon('alert', 18)}${this.warning}</p>`;
    if (this.good) return html`<p class="note good">${icon('check', 18)}${this.good}</p>`;
    return nothing;
  }

  #typed = (event: Event) => {
    const { value } = event.target as HTMLInputElement | HTMLTextAreaElement;
    this.dispatchEvent(new CustomEvent('typed', { detail: value }));
  };

  /** Focused with all of it chosen: whatever is typed takes its place. */
  pick() {
    this.focus();
    this.renderRoot.querySelector<HTMLInputElement>('#field')?.select();
  }

  override focus() {
    this.renderRoot.querySelector<HTMLElement>('#field')?.focus();
  }
}

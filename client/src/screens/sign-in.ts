/** Signing in: once, with a signal; everything after it works without one. */

import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { icon } from '../parts/icon';
import { LANGUAGE_NAMES, LANGUAGES, language, say } from '../words';
import { reason } from '../words/faults';
import { Screen } from './screen';
import '../parts/choice';
import '../parts/text-field';

/** What is typed outlives a change of language, which draws the screen anew. */
let typed = { login: '', password: '' };

@customElement('kezek-sign-in')
export class SignIn extends Screen {
  static override styles = [
    ...Screen.styles,
    css`
      :host {
        background: var(--brand);
      }
      .brand {
        display: grid;
        justify-items: center;
        gap: var(--s1);
        padding: clamp(var(--s5), 8vh, 72px) var(--s4) var(--s5);
        color: var(--on-brand);
        text-align: center;
      }
      .brand svg {
        color: var(--accent);
        margin-block-end: var(--s1);
      }
      h1 {
        font-size: var(--t-xxl);
        line-height: 1.15;
        font-weight: 720;
        letter-spacing: -0.02em;
      }
      .brand p {
        color: var(--on-brand-2);
        font-size: 1rem;
      }
      .sheet {
        flex: 1;
        background: var(--bg);
        border-radius: var(--r3) var(--r3) 0 0;
      }
      form {
        display: grid;
        gap: var(--s3);
        max-inline-size: 460px;
        margin-inline: auto;
        padding: var(--s5) var(--s4);
      }
      .show {
        display: flex;
        align-items: center;
        gap: var(--s2);
        min-block-size: var(--touch);
        font-size: 1rem;
        padding-inline: var(--s1);
      }
      .show input {
        inline-size: 22px;
        block-size: 22px;
        accent-color: var(--act);
      }
      .note {
        display: flex;
        gap: var(--s3);
        font-size: var(--t-s);
        line-height: 1.45;
        color: var(--ink-2);
        padding: var(--s2) var(--s1);
      }
    `,
  ];

  @state() private login = typed.login;
  @state() private password = typed.password;
  @state() private shown = false;
  @state() private busy = false;
  @state() private fault = '';

  override render() {
    return html`<div class="brand">
        ${icon('shield', 52)}
        <h1>${say('kezek')}</h1>
        <p>${say('about_kezek')}</p>
      </div>
      <div class="sheet">
        <form novalidate @submit=${this.#submit}>
          <kezek-choice
            .label=${say('language')}
            label-hidden
            .value=${language()}
            .options=${LANGUAGES.map((value) => ({ value, title: LANGUAGE_NAMES[value], lang: value }))}
            @chosen=${(event: CustomEvent<string>) => this.app.set_setting('language', event.detail)}
          ></kezek-choice>
          ${this.#fields()} ${this.#fault()}
          <button class="big" ?disabled=${this.busy}>
            ${say(this.busy ? 'sign_in_busy' : 'sign_in_action')}
          </button>
          <p class="note">${icon('phone', 22)}<span>${say('sign_in_note')}</span></p>
        </form>
      </div>`;
  }

  #fields() {
    return html`<kezek-text-field
        id="login"
        kind="login"
        autofill="username"
        .label=${say('login')}
        .value=${this.login}
        @typed=${(event: CustomEvent<string>) => this.#type({ login: event.detail })}
        @keydown=${this.#enter}
      ></kezek-text-field>
      <kezek-text-field
        id="password"
        .kind=${this.shown ? 'text' : 'password'}
        autofill="current-password"
        .label=${say('password')}
        .value=${this.password}
        @typed=${(event: CustomEvent<string>) => this.#type({ password: event.detail })}
        @keydown=${this.#enter}
      ></kezek-text-field>
      <label class="show">
        <input type="checkbox" .checked=${this.shown} @change=${() => (this.shown = !this.shown)} />
        ${say('show_password')}
      </label>`;
  }

  #type(said: Partial<typeof typed>) {
    typed = { ...typed, ...said };
    ({ login: this.login, password: this.password } = typed);
  }

  #fault() {
    return html`<div role="alert">
      ${
        this.fault
          ? html`<p class="alert bad">${icon('alert', 22)}<span>${this.fault}</span></p>`
          : nothing
      }
    </div>`;
  }

  /** The fields live in their own shadow, where Enter does not reach the form by itself. */
  #enter = (event: KeyboardEvent) => {
    if (event.key === 'Enter') void this.#sign_in();
  };

  #submit = (event: Event) => {
    event.preventDefault();
    void this.#sign_in();
  };

  async #sign_in() {
    if (this.busy) return;
    if (!this.login.trim() || !this.password) {
      this.fault = say('fill_login');
      return;
    }
    this.busy = true;
    this.fault = '';
    const code = await this.app.sign_in(this.login.trim(), this.password).catch(() => 'offline');
    this.busy = false;
    this.fault = reason(code);
    if (code === '') this.#type({ login: '', password: '' });
  }
}

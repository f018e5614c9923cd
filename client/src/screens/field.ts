/** The frame of the phone: the line of truth on top, a screen, the tabs; and nothing else. */

import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { dress } from '../night';
import { look } from '../parts/look';
import type { App } from '../port';
import { learned, say, speak } from '../words';
import { moment } from '../words/moments';
import { type ScreenLine, screen_at, screens_for } from './index';
import '../parts/tab-bar';
import '../parts/truth-line';

@customElement('kezek-field')
export class Field extends LitElement {
  static override styles = [
    look,
    css`
      :host {
        display: grid;
        grid-template-rows: auto minmax(0, 1fr) auto;
        block-size: 100vh;
        block-size: 100dvh;
        background: var(--bg);
        padding-block-start: env(safe-area-inset-top);
      }
      main {
        overflow: hidden auto;
        overscroll-behavior: contain;
        scroll-padding-block-end: 120px;
      }
      main.unframed {
        grid-row: 1 / -1;
        overflow: hidden;
      }
    `,
  ];

  @property({ attribute: false }) app!: App;
  @state() private path = location.pathname + location.hash;

  #minute = 0;

  override connectedCallback() {
    super.connectedCallback();
    this.app.addEventListener('changed', this.#changed);
    window.addEventListener('popstate', this.#moved);
    learned.addEventListener('learned', this.#changed);
    this.#minute = window.setInterval(this.#changed, 60_000);
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    this.app.removeEventListener('changed', this.#changed);
    window.removeEventListener('popstate', this.#moved);
    learned.removeEventListener('learned', this.#changed);
    window.clearInterval(this.#minute);
  }

  override render() {
    const role = this.app.me()?.role ?? '';
    const language = speak(this.app.setting('language'));
    const [path = '', place = ''] = this.path.split('#');
    const screen = screen_at(path, role);
    dress(this.app.setting('night') || 'auto', this.app.now());
    document.documentElement.lang = language;
    if (!screen) return nothing;
    this.#settle(screen);
    if (screen.framed === false) return this.#unframed(language, screen);

    // A language changed is a screen drawn anew: sentences are said where they are drawn.
    return keyed(
      language,
      html`${role ? this.#truth() : html`<span></span>`}
        <main id="main" @go=${this.#go}>${keyed(`${screen.path}#${place}`, screen.element(this.app))}</main>
        ${role ? this.#tabs(role, screen.path) : nothing}`,
    );
  }

  /** Its own address goes on within it: it is drawn once. */
  #unframed(language: string, screen: ScreenLine) {
    return keyed(
      language,
      html`<main id="main" class="unframed" @go=${this.#go}>${screen.element(this.app)}</main>`,
    );
  }

  #truth() {
    const truth = this.app.truth();
    const time = truth.as_of > 0 ? moment(truth.as_of, this.app.now()) : '';
    return html`<kezek-truth-line
      ?online=${truth.online}
      ?exchanging=${truth.exchanging}
      .waiting=${truth.waiting}
      .attention=${truth.attention}
      .age=${time ? say('as_of', { time }) : say('as_of_never')}
      @exchange-asked=${() => this.app.exchange()}
    ></kezek-truth-line>`;
  }

  #tabs(role: string, path: string) {
    const { attention } = this.app.truth();
    const tabs = screens_for(role).flatMap((screen) =>
      screen.tab
        ? [
            {
              path: screen.path,
              title: say(screen.tab.title),
              icon: screen.tab.icon,
              count: screen.path === '/tasks' ? attention : 0,
            },
          ]
        : [],
    );
    return html`<kezek-tab-bar .tabs=${tabs} .path=${path} @tab-chosen=${this.#go}></kezek-tab-bar>`;
  }

  /** The address and the title follow what is really shown. */
  #settle(screen: ScreenLine) {
    if (screen.framed !== false) document.title = `${say(screen.title)} · ${say('kezek')}`;
    if (location.pathname !== screen.path) history.replaceState(null, '', screen.path);
  }

  #go = (event: CustomEvent<string>) => {
    if (event.detail === this.path) return;
    history.pushState(null, '', event.detail);
    this.#moved();
  };

  #moved = () => {
    this.path = location.pathname + location.hash;
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector('main')?.scrollTo(0, 0);
    });
  };

  #changed = () => this.requestUpdate();
}

declare global {
  interface HTMLElementTagNameMap {
    'kezek-field': Field;
  }
}

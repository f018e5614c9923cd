/** Notices on this device: on or off, where it stands, and a test that goes the whole way round. */

import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { can_install, install } from '../arrivals';
import { icon } from '../parts/icon';
import { look } from '../parts/look';
import '../parts/switch-row';
import type { App, Mine, Notices, Reach, Told } from '../port';
import { installed, type System, system } from '../system';
import { type Key, language, say } from '../words';
import { clock, moment } from '../words/moments';
import '../words/notices';

const TEST_S = 30;
const LOOK_MS = 1_000;
/** How many steps it takes to install the app. */
const STEPS: Record<System, number> = {
  ios: 4,
  android: 3,
  firefox_phone: 2,
  firefox: 1,
  desktop: 2,
};
const UNBLOCK_STEPS = 3;

@customElement('kezek-notices')
export class NoticesPart extends LitElement {
  static override styles = [
    look,
    css`
      :host {
        display: grid;
        gap: var(--s3);
      }
      .guide {
        padding: var(--s4);
        display: grid;
        gap: var(--s2);
      }
      .guide ol {
        display: grid;
        gap: var(--s2);
        counter-reset: step;
      }
      .guide li {
        display: grid;
        grid-template-columns: 32px 1fr;
        gap: var(--s3);
        align-items: center;
        line-height: 1.35;
        counter-increment: step;
      }
      .guide li::before {
        content: counter(step);
        inline-size: 32px;
        block-size: 32px;
        border-radius: 50%;
        display: grid;
        place-items: center;
        background: var(--act-soft);
        color: var(--act);
        font-weight: 700;
        font-size: var(--t-s);
      }
      h3 {
        font-size: 1rem;
        font-weight: 650;
      }
      .status:empty {
        margin-block-start: calc(-1 * var(--s3));
      }
      .status {
        font-size: 0.875rem;
        line-height: 1.4;
        color: var(--ink-2);
      }
    `,
  ];

  @property({ attribute: false }) app!: App;
  @state() private reach: Reach | '' = '';
  @state() private mine: Mine | null = null;
  @state() private busy = false;
  @state() private said = '';
  @state() private missing = false;

  #notices: Notices | null = null;
  #testing = 0;

  override connectedCallback() {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#look);
  }

  /** Not before: what was set on the element while its part was loading comes with its first update. */
  override firstUpdated() {
    this.app.notices().then(
      (notices) => {
        this.#notices = notices;
        this.#look();
      },
      () => {
        this.missing = true;
      },
    );
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#look);
    window.clearInterval(this.#testing);
  }

  override render() {
    if (this.missing) return html`<p class="status">${say('notices_missing')}</p>`;
    return html`<h2 class="label">${say('notices')}</h2>
      ${this.#turning()} ${this.#truth()} ${this.#test()}
      <p class="status" role="status">${this.busy ? say('notices_busy') : this.said}</p>
      ${this.reach === 'blocked' ? this.#guide('unblock', UNBLOCK_STEPS) : nothing}
      ${this.#installing()}`;
  }

  #turning() {
    if (this.reach !== 'on' && this.reach !== 'off') return nothing;
    return html`<kezek-switch-row
      .label=${say('notices_label')}
      .note=${say('notices_note')}
      ?on=${this.reach === 'on'}
      @turned=${this.#turn}
    ></kezek-switch-row>`;
  }

  #truth() {
    if (!this.reach) return nothing;
    const tone = { on: 'good', off: '', blocked: 'warn', unsupported: 'warn', home_screen: 'warn' };
    return html`<div class="card">
      <div class="row">
        <span class="mark ${tone[this.reach]}">${icon(this.reach === 'on' ? 'check' : 'phone', 19)}</span>
        <div>${say('reach')}<small>${say(`reach_${this.reach}`)}</small></div>
      </div>
      ${this.reach === 'on' ? this.#last() : nothing}
    </div>`;
  }

  #last() {
    return html`<div class="row">
      <span class="mark">${icon('clock', 19)}</span>
      <div>${say('notices_last')}<small>${told(this.mine?.notices[0], this.app.now())}</small></div>
    </div>`;
  }

  #test() {
    if (this.reach !== 'on') return nothing;
    return html`<button type="button" class="plain" @click=${this.#try} ?disabled=${this.busy}>
      ${icon('again', 22)}${say('notices_test')}
    </button>`;
  }

  #installing() {
    if (!this.reach || installed()) return nothing;
    if (!can_install()) return this.#guide('install', STEPS[system()]);
    return html`<p class="status">${say('install_note')}</p>
      <button type="button" class="plain" @click=${this.#install}>
        ${icon('phone', 22)}${say('install')}
      </button>`;
  }

  #guide(what: 'unblock' | 'install', steps: number) {
    // A browser is unblocked on a phone alike, whoever made it.
    const unblocked = system() === 'firefox_phone' ? 'android' : system();
    const where = what === 'unblock' ? unblocked : system();
    const step = (n: number) => say(`${what}_${where}_${n}` as Key);
    return html`<section class="card guide">
      <h3>${say(what === 'install' ? 'install_how' : 'unblock')}</h3>
      ${what === 'install' ? html`<p class="status">${say('install_note')}</p>` : nothing}
      <ol>
        ${Array.from({ length: steps }, (_, n) => html`<li>${step(n + 1)}</li>`)}
      </ol>
    </section>`;
  }

  #look = async () => {
    this.reach = (await this.#notices?.reach()) ?? '';
    if (this.reach !== 'on') return;
    const reply = await this.#notices?.mine();
    if (reply?.is === 'answer') this.mine = reply.value;
  };

  /** Whoever asked for it by a tap is asked by the browser: nobody else is. */
  #turn = async (event: CustomEvent<boolean>) => {
    const notices = this.#notices;
    if (!notices || this.busy) return;
    this.busy = true;
    this.said = '';
    this.app.set_setting('notices', event.detail ? 'on' : 'off');
    const code = event.detail ? await notices.turn_on(language()) : await notices.turn_off();
    this.busy = false;
    if (code && code !== 'blocked') this.said = say('notices_failed');
    await this.#look();
  };

  #try = async () => {
    const notices = this.#notices;
    if (!notices) return;
    window.clearInterval(this.#testing);
    const reply = await notices.test();
    if (reply.is !== 'answer') {
      const soon = reply.is === 'fault' && reply.code === 'slow_down';
      this.said = say(soon ? 'test_soon' : 'test_failed');
      return;
    }
    this.said = say('test_waiting');
    let looks = 0;
    this.#testing = window.setInterval(async () => {
      looks += 1;
      await this.#look();
      const one = this.mine?.notices.find(({ notice }) => notice === reply.value);
      if (one?.shown) this.said = say('test_shown', { time: clock(one.shown) });
      else if (looks >= TEST_S) this.said = say('test_late');
      if (one?.shown || looks >= TEST_S) window.clearInterval(this.#testing);
    }, LOOK_MS);
  };

  #install = async () => {
    if (await install()) this.said = say('install_done');
    this.requestUpdate();
  };
}

/** How far a notice came, in words. */
function told(one: Told | undefined, now: number): string {
  if (!one) return say('notices_none');
  const time = moment(one.opened || one.shown || one.sent || one.made, now);
  return say(`told_${one.state}`, { time });
}

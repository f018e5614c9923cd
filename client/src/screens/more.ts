/** Everything else: the outbox, the language, the night, the phone's memory, the way out. */

import { css, html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { type IconName, icon } from '../parts/icon';
import { LANGUAGE_NAMES, LANGUAGES, language, say } from '../words';
import { reason } from '../words/faults';
import { moment } from '../words/moments';
import { role_name } from './roles';
import { Screen } from './screen';
import { title_of } from './titles';
import '../parts/choice';
import '../parts/dialog';
import '../parts/empty-note';
import '../parts/letter-row';
import '../parts/page-head';

const SHOWN = 4;

@customElement('kezek-more')
export class MoreScreen extends Screen {
  static override styles = [
    ...Screen.styles,
    css`
      .settings {
        display: grid;
        gap: var(--s4);
        padding: var(--s4);
      }
      .status {
        font-size: 0.875rem;
        color: var(--ink-2);
      }
    `,
  ];

  @state() private whole = false;
  @state() private leaving = false;
  @state() private exported = '';

  override render() {
    const me = this.app.me();
    return html`<kezek-page-head
        .heading=${me?.name || say('more')}
        .lines=${me ? [say(role_name(me.role))] : []}
      ></kezek-page-head>
      <div class="body">
        ${this.#fault()}
        <h2 class="label">${say('outbox')}</h2>
        ${this.#outbox()}
        <h2 class="label">${say('settings')}</h2>
        ${this.#settings()}
        <kezek-notices .app=${this.app}></kezek-notices>
        ${this.#state()} ${this.#deeds()}
      </div>
      ${this.#dialog()}`;
  }

  override connectedCallback() {
    super.connectedCallback();
    // Loaded with this screen; without it everything else here works.
    import('./notices').catch(() => undefined);
  }

  #fault() {
    const { fault } = this.app.truth();
    if (!fault) return nothing;
    return html`<p class="alert" role="status">${icon('alert', 22)}<span>${reason(fault)}</span></p>`;
  }

  #outbox() {
    const all = this.app.outbox();
    const sent = this.whole ? all : all.slice(0, SHOWN);
    const { online } = this.app.truth();
    if (sent.length === 0) {
      return html`<kezek-empty-note picture="up" .heading=${say('outbox_none')} .text=${say('outbox_none_note')}>
      </kezek-empty-note>`;
    }
    const now = this.app.now();
    return html`<div class="card" role="list">
      ${sent.map(
        (one) => html`<kezek-letter-row
          role="listitem"
          .heading=${title_of(this.app, one)}
          .state=${one.state}
          .answered=${one.answered}
          .path=${`/tasks#${one.kind}/${one.id}`}
          .why=${reason(one.code)}
          .when=${moment(one.at, now)}
          ?online=${online}
        ></kezek-letter-row>`,
      )}
    </div>
    ${all.length > sent.length ? this.#whole(all.length) : nothing}`;
  }

  #whole(n: number) {
    return html`<button type="button" class="plain" @click=${() => (this.whole = true)}>
      ${say('outbox_all', { n })}
    </button>`;
  }

  #settings() {
    const nights = ['auto', 'light', 'dark'] as const;
    return html`<div class="card settings">
      <kezek-choice
        .label=${say('language')}
        .value=${language()}
        .options=${LANGUAGES.map((value) => ({ value, title: LANGUAGE_NAMES[value], lang: value }))}
        @chosen=${(e: CustomEvent<string>) => this.app.set_setting('language', e.detail)}
      ></kezek-choice>
      <kezek-choice
        .label=${say('night')}
        .value=${this.app.setting('night') || 'auto'}
        .options=${nights.map((value) => ({ value, title: say(`night_${value}`) }))}
        @chosen=${(e: CustomEvent<string>) => this.app.set_setting('night', e.detail)}
      ></kezek-choice>
    </div>`;
  }

  #state() {
    const { as_of, persisted } = this.app.truth();
    const kept =
      persisted === null ? 'storage_unknown' : persisted ? 'storage_kept' : 'storage_loose';
    const last = as_of > 0 ? moment(as_of, this.app.now()) : say('never');
    return html`<div class="card">
      ${this.#row('shield', persisted ? 'good' : '', say('storage'), say(kept))}
      ${this.#row('clock', '', say('last_exchange'), last)}
    </div>`;
  }

  #row(mark: IconName, tone: string, title: string, note: string) {
    return html`<div class="row">
      <span class="mark ${tone}">${icon(mark, 19)}</span>
      <div>${title}<small>${note}</small></div>
    </div>`;
  }

  #deeds() {
    return html`<button type="button" class="plain" @click=${() => this.app.exchange()}>
        ${icon('again', 22)}${say('exchange_now')}
      </button>
      <button type="button" class="plain" @click=${this.#export}>
        ${icon('file', 22)}${say('export_outbox')}
      </button>
      <p class="status" role="status">${this.exported || say('export_note')}</p>
      <button type="button" class="plain danger" @click=${() => (this.leaving = true)}>
        ${icon('door', 22)}${say('sign_out')}
      </button>`;
  }

  #dialog() {
    const { waiting } = this.app.truth();
    return html`<kezek-dialog
      ?open=${this.leaving}
      .heading=${say('sign_out_ask')}
      .text=${waiting > 0 ? say('sign_out_unsent', { n: waiting }) : say('sign_out_clean')}
      @closed=${this.#stay}
    >
      <button type="button" class="big" @click=${this.#stay}>${say('stay')}</button>
      ${
        waiting > 0
          ? html`<button type="button" class="plain" @click=${this.#export}>${say('export_outbox')}</button>`
          : nothing
      }
      <button type="button" class="plain danger" @click=${this.#sign_out}>
        ${say(waiting > 0 ? 'sign_out_anyway' : 'sign_out')}
      </button>
    </kezek-dialog>`;
  }

  #stay = () => {
    this.leaving = false;
  };

  #sign_out = async () => {
    this.leaving = false;
    await this.app.sign_out();
  };

  /** A file by the browser's own download: no address leaves the phone. */
  #export = async () => {
    try {
      const address = URL.createObjectURL(await this.app.export_outbox());
      const link = document.createElement('a');
      link.href = address;
      link.download = `kezek-${new Date(this.app.now()).toISOString().slice(0, 10)}.ndjson`;
      link.click();
      window.setTimeout(() => URL.revokeObjectURL(address), 10_000);
      this.exported = say('exported');
    } catch {
      this.exported = say('export_failed');
    }
  };
}

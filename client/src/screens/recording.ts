/** What logging a violation and logging an assist have in common: place, time, draft, signature. */

import { html, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { icon } from '../parts/icon';
import { type Named, place_name } from '../parts/place-name';
import type { TextField } from '../parts/text-field';
import type { Concern, Logged } from '../port';
import type { Body, Route } from '../sync/contract.gen';
import { type Key, language, named, say } from '../words';
import { reason } from '../words/faults';
import { at_clock, clock, day_end } from '../words/moments';
import { DraftKeeper } from './draft-keeper';
import type { Form, Need } from './form';
import { Screen } from './screen';
import '../parts/hold-button';
import '../parts/page-head';
import '../parts/place-time';
import '../parts/saved-card';
import '../parts/text-field';

export abstract class Recording<F extends Form> extends Screen {
  protected abstract readonly kind: Logged;
  protected abstract readonly heading: Key;
  protected abstract blank(): F;
  /** The form as a record of before fills it. */
  protected abstract filled(body: Body): F;
  /** What stays for the next one of the same. */
  protected abstract same(form: F): F;
  protected abstract needs(): Need[];
  protected abstract fields(): unknown;
  protected abstract write(form: F): Promise<string>;
  protected abstract summary(form: F): string;

  /** The record that is being amended; '' where a new one is written. */
  @property() amends = '';
  /** Its field at fault; '' where the fault names none. */
  @property() at = '';
  @state() protected form!: F;
  @state() private locating = false;
  @state() private fault = '';
  @state() private busy = false;
  @state() private saved: { id: string; form: F } | null = null;

  #keeper!: DraftKeeper;
  #leave = () => void this.#keeper.flush();
  #minute = 0;

  override connectedCallback() {
    super.connectedCallback();
    const name = this.amends ? (`${this.kind}/${this.amends}` as const) : this.kind;
    this.form = this.start();
    this.#keeper = new DraftKeeper(this.app, name, () => this.requestUpdate());
    window.addEventListener('pagehide', this.#leave);
    document.addEventListener('visibilitychange', this.#leave);
    this.#minute = window.setInterval(() => this.requestUpdate(), 15_000);
    void this.#open();
  }

  override disconnectedCallback() {
    super.disconnectedCallback();
    window.removeEventListener('pagehide', this.#leave);
    document.removeEventListener('visibilitychange', this.#leave);
    window.clearInterval(this.#minute);
    this.#leave();
  }

  /** What a record being amended says now, on its author's side. */
  protected said(): Body {
    const { mine, theirs } = this.app.sides(this.kind, this.amends);
    return mine ?? theirs ?? {};
  }

  protected start(): F {
    return this.amends ? this.filled(this.said()) : this.blank();
  }

  async #open() {
    const untouched = this.form;
    const restored = await this.#keeper.restore(untouched);
    // Whoever is quicker than the store keeps what he has typed meanwhile.
    if (this.form === untouched) this.form = restored;
    if (this.amends) return this.#to_fault();
    if (this.form.lat === null && this.form.place === '') await this.locate();
  }

  async #to_fault() {
    await this.updateComplete;
    const field = this.at && this.renderRoot.querySelector<TextField>(`#${this.at}`);
    if (!field) return;
    field.scrollIntoView({ block: 'center' });
    // What is wrong is chosen whole: the first letter typed takes its place.
    if (field.pick) field.pick();
    else field.focus();
  }

  /** Every keystroke and every tap comes through here. */
  protected patch(change: Partial<F>) {
    const happened = this.form.happened || this.app.now();
    this.form = { ...this.form, happened, ...change };
    this.#keeper.keep(this.form);
  }

  protected async locate() {
    this.locating = true;
    const at = await this.app.where().catch(() => null);
    this.locating = false;
    if (!at || !this.isConnected) return;
    const near = place_name(at, this.#known(), language() === 'kk' ? 'kk' : 'ru');
    const name = near.exact || !near.name ? near.name : say('place_by', { street: near.name });
    this.form = { ...this.form, ...at, place: this.form.place || name };
    if (this.form.happened) this.#keeper.keep(this.form);
  }

  override render() {
    if (this.saved) return this.#done(this.saved);
    const needs = this.needs();
    return html`<kezek-page-head .heading=${say(this.heading)} .lines=${[this.#draft_line()]}>
      </kezek-page-head>
      <div class="body">${this.#why()} ${this.fields()} ${this.#fault()}</div>
      <div class="deed">
        ${needs.length ? html`<p class="needed">${this.#needed(needs)}</p>` : nothing}
        <kezek-hold-button
          ?ready=${needs.length === 0}
          ?busy=${this.busy}
          @held=${this.#sign}
          @asked-too-early=${() => this.#show(needs[0])}
        ></kezek-hold-button>
      </div>`;
  }

  /** What became of the record that is being amended. */
  #why() {
    const own = ({ kind, id }: Concern) => kind === this.kind && id === this.amends;
    const code = this.amends ? this.app.concerns().find(own)?.code : '';
    if (!code) return nothing;
    return html`<p class="alert">${icon('alert', 22)}<span>${reason(code)}</span></p>`;
  }

  #draft_line(): string {
    if (this.#keeper.failed) return say('draft_not_kept');
    if (this.#keeper.saved === 0) return say('draft_none');
    return say('draft_saved', { time: clock(this.#keeper.saved) });
  }

  #needed(needs: readonly Need[]): string {
    return say('still_needed', { what: needs.map(({ words }) => say(words)).join(', ') });
  }

  #show(need: Need | undefined) {
    const element = need ? this.renderRoot.querySelector<HTMLElement>(need.at) : null;
    element?.scrollIntoView({ block: 'center' });
    element?.focus();
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

  /** Place and time, filled in and open to correction. */
  protected place_and_time() {
    const { form } = this;
    return html`<kezek-place-time
      id="place"
      .place=${form.place}
      .time=${clock(form.happened || this.app.now())}
      .accuracy=${form.lat === null ? -1 : form.accuracy}
      ?locating=${this.locating}
      .known=${this.#known()}
      @place-typed=${(e: CustomEvent<string>) => this.#set({ place: e.detail })}
      @stood-at=${this.#stand}
      @locate-asked=${this.#again}
      @time-typed=${this.#time}
    ></kezek-place-time>`;
  }

  #set(change: Partial<Form>) {
    this.patch(change as Partial<F>);
  }

  #stand = ({ detail }: CustomEvent<Named>) => {
    this.#set({ place: detail.name, lat: detail.lat, lon: detail.lon, accuracy: -1 });
  };

  #known(): Named[] {
    const id = this.app.shift()?.body.route ?? '';
    const route = this.app.record<Route>('route', id)?.body;
    return (route?.checkpoints ?? []).map((point) => ({
      lat: point.lat,
      lon: point.lon,
      name: named(point, 'name'),
    }));
  }

  #again = () => {
    this.#set({ place: '', lat: null, lon: null, accuracy: -1 });
    void this.locate();
  };

  #time = (event: CustomEvent<string>) => {
    // Of a record of another day the hour is corrected, not the day.
    const latest = this.amends ? day_end(this.form.happened) : this.app.now();
    const happened = at_clock(event.detail, Math.min(latest, this.app.now()));
    if (happened !== null) this.#set({ happened });
  };

  #sign = async () => {
    const form = { ...this.form, happened: this.form.happened || this.app.now() };
    this.busy = true;
    this.fault = '';
    try {
      const id = await this.write(form);
      await this.#keeper.drop();
      this.saved = { id, form };
      this.#to_top();
    } catch (error) {
      const quota = error instanceof Error && error.message === 'quota';
      this.fault = say(quota ? 'fault_quota' : 'fault_save');
    }
    this.busy = false;
  };

  #done({ id, form }: { id: string; form: F }) {
    const sent = this.app.outbox().find((item) => item.id === id && item.kind === this.kind);
    return html`<kezek-page-head .heading=${say(this.heading)}></kezek-page-head>
      <div class="body">
        <kezek-saved-card
          .state=${sent?.state ?? 'waiting'}
          .why=${reason(sent?.code || 'held')}
          .heading=${this.summary(form)}
          .line=${[form.place, clock(form.happened)].filter(Boolean).join(' · ')}
        ></kezek-saved-card>
        ${this.amends ? nothing : this.#another()}
        <button type="button" class="plain" @click=${() => this.go(this.amends ? '/tasks' : '/shift')}>
          ${icon('check', 22)}${say('done')}
        </button>
      </div>
      ${this.amends ? nothing : this.#same(form)}`;
  }

  #another() {
    return html`<button type="button" class="plain" @click=${() => this.#next(this.blank())}>
      ${icon('log', 22)}${say('another_new')}
    </button>`;
  }

  #same(form: F) {
    return html`<div class="deed">
      <button type="button" class="big" @click=${() => this.#next(this.same(form))}>
        ${icon('again', 24)}${say('another_same')}
      </button>
    </div>`;
  }

  #next(form: F) {
    this.saved = null;
    this.form = form;
    if (form.lat === null && form.place === '') void this.locate();
    this.#to_top();
  }

  #to_top() {
    void this.updateComplete.then(() => {
      this.scrollIntoView({ block: 'start' });
      this.renderRoot.querySelector<HTMLElement>('kezek-page-head')?.focus();
    });
  }
}

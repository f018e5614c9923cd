/** Logging a violation: five taps in the common case, everything else open to whoever needs it. */

import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { digits_of, doubt, grouped } from '../parts/iin';
import type { Logged } from '../port';
import type { Body, Offence } from '../sync/contract.gen';
import { type Key, say } from '../words';
import { Articles } from './articles';
import { BLANK, type Form, filled, type Need } from './form';
import { Recording } from './recording';
import '../parts/article-search';
import '../parts/choice';
import '../parts/law-card';
import '../parts/switch-row';

interface ViolationForm extends Form {
  offence: string;
  subject: string;
  reason: string;
  name: string;
  iin: string;
  document: string;
  address: string;
  explanation: string;
  measure: string;
  backup: boolean;
}

const NOBODY = { subject: 'none', name: '', iin: '', document: '', address: '', explanation: '' };
const REASONS = ['no_document', 'refused', 'left', 'unknown'] as const;
const MEASURES = ['remark', 'warning', 'protocol'] as const;

@customElement('kezek-violation')
export class ViolationScreen extends Recording<ViolationForm> {
  static override styles = [
    ...Recording.styles,
    css`
      .person {
        display: grid;
        gap: var(--s3);
      }
    `,
  ];

  protected readonly kind: Logged = 'violation';

  protected get heading(): Key {
    return this.amends ? 'mend_violation' : 'new_violation';
  }

  #articles = new Articles();

  protected blank(): ViolationForm {
    return { ...BLANK, ...NOBODY, offence: '', reason: '', measure: '', backup: false };
  }

  protected filled(body: Body): ViolationForm {
    const subject = this.app.subject_of(this.amends);
    const { mine, theirs } = this.app.sides('subject', subject);
    const form = filled(this.blank(), { ...(mine ?? theirs), ...body });
    const backup = body.needs_backup === true;
    return { ...form, reason: String(body.no_data_reason ?? ''), backup };
  }

  /** Another person, the same place and article: a new hour, and nobody yet. */
  protected same(form: ViolationForm): ViolationForm {
    return { ...form, ...NOBODY, subject: form.subject, happened: 0, backup: false };
  }

  protected needs(): Need[] {
    const { form } = this;
    const needs: Need[] = [];
    if (!form.offence) needs.push({ words: 'need_article', at: 'kezek-article-search' });
    if (!form.place && form.lat === null) needs.push({ words: 'need_place', at: '#place' });
    if (form.subject === 'none' && !form.reason)
      needs.push({ words: 'need_reason', at: '#reason' });
    const person = form.name.trim() || form.iin || form.document.trim();
    if (form.subject === 'person' && !person) needs.push({ words: 'need_name', at: '#name' });
    if (!form.measure) needs.push({ words: 'need_measure', at: '#measure' });
    return needs;
  }

  protected fields() {
    const { form } = this;
    return html`${this.#article()} ${this.#who()}
      <kezek-choice
        id="measure"
        .label=${say('measure')}
        .value=${form.measure}
        .options=${MEASURES.map((value) => ({ value, title: say(value) }))}
        @chosen=${(e: CustomEvent<string>) => this.patch({ measure: e.detail })}
      ></kezek-choice>
      ${this.place_and_time()}
      <kezek-text-field
        id="text"
        kind="long"
        .label=${say('what_happened')}
        .hint=${say('text_hint')}
        .value=${form.text}
        @typed=${(e: CustomEvent<string>) => this.patch({ text: e.detail })}
      ></kezek-text-field>
      <kezek-switch-row
        .label=${say('backup')}
        .note=${say('backup_note')}
        ?on=${form.backup}
        @turned=${(e: CustomEvent<boolean>) => this.patch({ backup: e.detail })}
      ></kezek-switch-row>`;
  }

  #article() {
    this.#articles.read(this.app);
    const { offence } = this.form;
    const chosen = this.#articles.offence(offence);
    return html`<kezek-article-search
        .entries=${this.#articles.entries}
        .articles=${this.#articles.lines}
        .quick=${this.#articles.quick(this.app, offence)}
        .chosen=${offence}
        @article-chosen=${(e: CustomEvent<string>) => this.patch({ offence: e.detail })}
      ></kezek-article-search>
      ${chosen ? this.#law(chosen) : nothing}`;
  }

  #law(offence: Offence) {
    const { offence: id } = this.form;
    return html`<kezek-law-card
      .heading=${this.#articles.cited(offence)}
      .text=${this.#articles.lines.get(id)?.title ?? ''}
      .text_lang=${this.#articles.lines.get(id)?.lang ?? ''}
      .sanction=${this.#articles.sanction(offence)}
      ?verified=${offence.verified}
      ?translated=${this.#articles.is_translated(offence)}
      ?favourite=${this.#articles.is_favourite(this.app, id)}
      @favourite-turned=${() => this.#articles.turn_favourite(this.app, id)}
    ></kezek-law-card>`;
  }

  #who() {
    const { form } = this;
    const options = [
      { value: 'none', title: say('no_data') },
      { value: 'person', title: say('person') },
    ];
    return html`<kezek-choice
        .label=${say('who')}
        .value=${form.subject}
        .options=${options}
        @chosen=${(e: CustomEvent<string>) => this.patch({ subject: e.detail })}
      ></kezek-choice>
      ${form.subject === 'none' ? this.#why_nobody() : this.#person()}`;
  }

  #why_nobody() {
    return html`<kezek-choice
      id="reason"
      chips
      .label=${say('why_no_data')}
      .value=${this.form.reason}
      .options=${REASONS.map((value) => ({ value, title: say(`reason_${value}`) }))}
      @chosen=${(e: CustomEvent<string>) => this.patch({ reason: e.detail })}
    ></kezek-choice>`;
  }

  #person() {
    const { iin } = this.form;
    const wrong = iin ? doubt(iin) : '';
    return html`<div class="person">
      ${this.#text('name')}
      <kezek-text-field
        id="iin"
        kind="digits"
        .label=${say('iin')}
        .value=${grouped(iin)}
        .warning=${wrong ? say(`iin_${wrong}`, { n: iin.length }) : ''}
        .good=${iin && !wrong ? say('iin_good') : ''}
        @typed=${(e: CustomEvent<string>) => this.patch({ iin: digits_of(e.detail) })}
      ></kezek-text-field>
      ${this.#text('document')} ${this.#text('address')} ${this.#text('explanation')}
    </div>`;
  }

  #text(field: 'name' | 'document' | 'address' | 'explanation') {
    return html`<kezek-text-field
      id=${field}
      .kind=${field === 'explanation' ? 'long' : 'text'}
      .label=${say(field)}
      .value=${this.form[field]}
      @typed=${(e: CustomEvent<string>) => this.patch({ [field]: e.detail })}
    ></kezek-text-field>`;
  }

  protected summary(form: ViolationForm): string {
    const offence = this.#articles.offence(form.offence);
    const title = this.#articles.lines.get(form.offence)?.short ?? '';
    return offence ? `${this.#articles.cited(offence)} · ${title}` : '';
  }

  protected write(form: ViolationForm): Promise<string> {
    const me = this.app.me();
    const shift = this.app.shift();
    const offence = this.#articles.offence(form.offence);
    const said = this.amends ? this.said() : {};
    const post = {
      officer: me?.person ?? '',
      district: shift?.body.district || (me?.district ?? ''),
      route: shift?.body.route ?? '',
      shift: shift?.id ?? '',
    };
    const body = {
      ...post,
      ...said,
      offence: form.offence,
      article: offence ? this.#articles.number(offence) : String(said.article ?? ''),
      happened: form.happened,
      measure: form.measure,
      lat: form.lat,
      lon: form.lon,
      accuracy: form.accuracy,
      place: form.place.trim(),
      text: form.text.trim(),
      subject: form.subject,
      no_data_reason: form.subject === 'person' ? '' : form.reason,
      needs_backup: form.backup,
      state: 'logged',
      signed: this.app.now(),
    };
    const person =
      form.subject === 'person' ? subject_of(form, body.officer, body.district) : undefined;
    return this.amends
      ? this.app.amend('violation', this.amends, body, person)
      : this.app.save('violation', body, person);
  }
}

/** Personal data stand apart from the violation; the app joins them by the violation's id. */
function subject_of(form: ViolationForm, officer: string, district: string) {
  const { name, iin, document, address, explanation } = form;
  return {
    officer,
    district,
    name: name.trim(),
    iin,
    document: document.trim(),
    address: address.trim(),
    explanation: explanation.trim(),
  };
}

/** Logging an assist: what a volunteer did, beside whom, where and when. */

import { html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import type { Logged } from '../port';
import type { Body, Person } from '../sync/contract.gen';
import { type Key, say } from '../words';
import { BLANK, type Form, filled, type Need } from './form';
import { Recording } from './recording';
import '../parts/choice';
import '../parts/text-field';

interface AssistForm extends Form {
  activity: string;
  officer: string;
}

const ACTIVITIES = ['patrol', 'detention', 'report', 'prevention', 'other'] as const;

@customElement('kezek-assist')
export class AssistScreen extends Recording<AssistForm> {
  protected readonly kind: Logged = 'assist';

  protected get heading(): Key {
    return this.amends ? 'mend_assist' : 'new_assist';
  }

  protected blank(): AssistForm {
    return { ...BLANK, activity: '', officer: '' };
  }

  protected filled(body: Body): AssistForm {
    return filled(this.blank(), body);
  }

  protected same(form: AssistForm): AssistForm {
    return { ...form, happened: 0, text: '' };
  }

  protected needs(): Need[] {
    const needs: Need[] = [];
    if (!this.form.activity) needs.push({ words: 'need_activity', at: '#activity' });
    if (!this.form.place && this.form.lat === null)
      needs.push({ words: 'need_place', at: '#place' });
    return needs;
  }

  protected fields() {
    const { form } = this;
    return html`<kezek-choice
        id="activity"
        chips
        .label=${say('activity')}
        .value=${form.activity}
        .options=${ACTIVITIES.map((value) => ({ value, title: say(`activity_${value}`) }))}
        @chosen=${(e: CustomEvent<string>) => this.patch({ activity: e.detail })}
      ></kezek-choice>
      <kezek-text-field
        id="officer"
        .label=${say('officer_call_sign')}
        .hint=${say('officer_hint')}
        .value=${form.officer}
        @typed=${(e: CustomEvent<string>) => this.patch({ officer: e.detail })}
      ></kezek-text-field>
      ${this.#crew()}
      ${this.place_and_time()}
      <kezek-text-field
        id="text"
        kind="long"
        .label=${say('what_happened')}
        .hint=${say('text_hint')}
        .value=${form.text}
        @typed=${(e: CustomEvent<string>) => this.patch({ text: e.detail })}
      ></kezek-text-field>`;
  }

  /** The call signs of the crew, so that the usual one is a tap. */
  #crew() {
    const crew = (this.app.shift()?.body.crew ?? []).flatMap((id) => {
      const sign = this.app.record<Person>('person', id)?.body.call_sign;
      return sign ? [{ value: sign, title: sign }] : [];
    });
    if (crew.length === 0) return nothing;
    return html`<kezek-choice
      chips
      label-hidden
      .label=${say('officer_call_sign')}
      .value=${this.form.officer}
      .options=${crew}
      @chosen=${(e: CustomEvent<string>) => this.patch({ officer: e.detail })}
    ></kezek-choice>`;
  }

  protected summary(form: AssistForm): string {
    const known = ACTIVITIES.find((activity) => activity === form.activity) ?? 'other';
    return [say(`activity_${known}`), form.officer].filter(Boolean).join(' · ');
  }

  protected write(form: AssistForm): Promise<string> {
    const told = {
      officer: form.officer.trim(),
      activity: form.activity,
      lat: form.lat,
      lon: form.lon,
      accuracy: form.accuracy,
      place: form.place.trim(),
      happened: form.happened,
      text: form.text.trim(),
      state: 'submitted',
    };
    if (this.amends) return this.app.amend('assist', this.amends, { ...this.said(), ...told });
    const me = this.app.me();
    const shift = this.app.shift();
    return this.app.save('assist', {
      member: me?.person ?? '',
      formation: me?.formation ?? '',
      district: shift?.body.district || (me?.district ?? ''),
      route: shift?.body.route ?? '',
      shift: shift?.id ?? '',
      ...told,
    });
  }
}

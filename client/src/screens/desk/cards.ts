/** One record as a card in the queue: what, when, where, and how it stands. */

import { html, nothing, type TemplateResult } from 'lit';
import type { Kept } from '../../port';
import type { Body, Shift, Violation } from '../../sync/contract.gen';
import { say } from '../../words';
import { moment } from '../../words/moments';
import type { Names } from './names';

type Tone = '' | 'good' | 'warn' | 'bad' | 'act';

const TONES: Record<string, Tone> = {
  logged: '',
  returned: 'warn',
  accepted: 'good',
  annulled: 'bad',
  planned: '',
  started: 'act',
  ended: '',
  cancelled: 'bad',
  submitted: '',
  confirmed: 'good',
  declined: 'bad',
};

export function tone_of(state: string): Tone {
  return TONES[state] ?? '';
}

export function card_of(
  row: Kept<Body>,
  names: Names,
  now: number,
  fresh: boolean,
): TemplateResult {
  if (row.kind === 'shift') return shift_card(row as unknown as Kept<Shift>, names, now);
  return violation_card(row as unknown as Kept<Violation>, names, now, fresh);
}

function violation_card(
  { body, waiting }: Kept<Violation>,
  names: Names,
  now: number,
  fresh: boolean,
): TemplateResult {
  const state = body.state ?? 'logged';
  const where = [body.place, names.quarter(body.district)].filter(Boolean).join(' · ');
  return html`<div class="card-row ${body.needs_backup ? 'urgent' : ''}">
    <b>${body.article} · ${names.offence(body.offence, body.article)}</b>
    <time>${moment(body.happened, now)}</time>
    <span class="where">${where}</span>
    <span class="who">${names.call_sign(body.officer)}</span>
    <span class="tags">
      ${body.needs_backup ? html`<i class="tag bad">${say('backup')}</i>` : nothing}
      ${fresh ? html`<i class="tag act">${say('tag_new')}</i>` : nothing}
      <i class="tag">${say(body.measure)}</i>
      ${state === 'logged' ? nothing : html`<i class="tag ${tone_of(state)}">${say(`step_${state}`)}</i>`}
      ${waiting ? html`<i class="tag warn">${say('state_waiting')}</i>` : nothing}
    </span>
  </div>`;
}

function shift_card({ body, waiting }: Kept<Shift>, names: Names, now: number): TemplateResult {
  const running = body.starts <= now && now < body.ends;
  const post = body.route ? names.route(body.route) : say(`post_${body.post ?? 'patrol'}`);
  const on = running && body.state !== 'cancelled' && body.state !== 'ended';
  return html`<div class="card-row">
    <b>${names.call_sign(body.person)} · ${post}</b>
    <time>${names.times(body)}</time>
    <span class="where">${names.person(body.person)?.name ?? say('not_in_view')}</span>
    <span class="who">${names.quarter(body.district)}</span>
    <span class="tags">
      ${on ? html`<i class="tag act">${say('status_running')}</i>` : nothing}
      <i class="tag ${tone_of(body.state)}">${say(`step_${body.state}`)}</i>
      ${waiting ? html`<i class="tag warn">${say('state_waiting')}</i>` : nothing}
    </span>
  </div>`;
}

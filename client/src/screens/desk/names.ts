/** What things are called at the desk: ids, codes and states of the records, said in words. */

import type { App, Kept } from '../../port';
import type {
  Body,
  District,
  Formation,
  Offence,
  Person,
  Route,
  Shift,
  Value,
} from '../../sync/contract.gen';
import { type Key, named, say } from '../../words';
import { clock, date, moment } from '../../words/moments';

/** Fields whose values are a few words of the contract's, by the words that say them. */
const SAID: Record<string, string> = {
  measure: '',
  state: 'step_',
  activity: 'activity_',
  role: 'role_',
  post: 'post_',
  subject: 'subject_',
};
const TIMES = ['happened', 'starts', 'ends', 'signed'];
const PEOPLE = ['person', 'officer', 'member'];
const DEGREE = 1e7;

export class Names {
  #districts: { of: readonly Kept<District>[]; names: Map<string, string> } | null = null;

  constructor(private readonly app: App) {}

  person(id: string): Person | null {
    return this.app.record<Person>('person', id)?.body ?? null;
  }

  /** As on the radio. */
  call_sign(id: string): string {
    return this.person(id)?.call_sign ?? '—';
  }

  who(id: string): string {
    const person = this.person(id);
    return person ? `${person.call_sign} · ${person.name}` : say('not_in_view');
  }

  route(id: string): string {
    return this.app.record<Route>('route', id)?.body.code ?? '—';
  }

  formation(id: string): string {
    const body = this.app.record<Formation>('formation', id)?.body;
    return body ? named(body, 'name') : '—';
  }

  district(code: string): string {
    const all = this.app.all<District>('district');
    if (this.#districts?.of !== all) {
      this.#districts = { of: all, names: new Map() };
      for (const { body } of all) this.#districts.names.set(body.code, named(body, 'name'));
    }
    return this.#districts.names.get(code) ?? code;
  }

  /** Without the word for a district, where a column says it already. */
  quarter(code: string): string {
    return this.district(code).replace(/ (район|ауданы|district)$/i, '');
  }

  offence(id: string, article: string): string {
    const body = this.app.record<Offence>('offence', id)?.body;
    return body ? named(body, 'title') : say('article_label', { article });
  }

  times({ starts, ends }: Pick<Shift, 'starts' | 'ends'>): string {
    return `${clock(starts)}–${clock(ends)}`;
  }

  /** Any field of any kind. */
  value(kind: string, field: string, value: Value | undefined, now: number): string {
    if (value === undefined || value === null || value === '') return '—';
    if (TIMES.includes(field)) return Number(value) > 0 ? moment(Number(value), now) : '—';
    if (kind === 'violation' && field === 'no_data_reason') return reason_said(String(value));
    if (typeof value === 'boolean') return say(value ? 'value_yes' : 'value_no');
    if (Array.isArray(value)) return this.#several(field, value as Value[]);
    const text = String(value);
    // A shift's state and a person's role are words of the contract; so is a violation's subject.
    if (field in SAID && !(field === 'role' && kind !== 'person'))
      return say(`${SAID[field]}${text}` as Key) || text;
    return this.#pointed(field, text);
  }

  #pointed(field: string, text: string): string {
    if (PEOPLE.includes(field)) return this.#person_or_words(text);
    if (field === 'day') return date(Date.parse(text));
    if (field === 'district') return this.district(text);
    if (field === 'route') return this.route(text);
    if (field === 'formation') return this.formation(text);
    if (field === 'offence') return this.offence(text, '');
    if (field === 'shift') return this.#shift(text);
    if (field === 'means') return say(text === 'foot' ? 'on_foot' : 'by_vehicle');
    if (field === 'lat' || field === 'lon') return (Number(text) / DEGREE).toFixed(5);
    if (field === 'accuracy') return Number(text) >= 0 ? say('metres', { n: text }) : '—';
    return text;
  }

  /** An assist's officer is a call sign as it was heard, not a record. */
  #person_or_words(text: string): string {
    return text.length === 36 ? this.who(text) : text;
  }

  #shift(id: string): string {
    const body = this.app.record<Shift>('shift', id)?.body;
    return body ? this.times(body) : '—';
  }

  #several(field: string, values: readonly Value[]): string {
    if (field === 'crew') return values.map((id) => this.call_sign(String(id))).join(', ') || '—';
    return say('points_count', { n: field === 'line' ? values.length / 2 : values.length });
  }
}

const REASONS: Record<string, Key> = {
  no_document: 'reason_no_document',
  refused: 'reason_refused',
  left: 'reason_left',
  unknown: 'reason_unknown',
};

function reason_said(reason: string): string {
  const key = REASONS[reason];
  return key ? say(key) : reason;
}

/** What a field is called; a few have a name of the phone's. */
export function field_said(field: string): string {
  return say(`field_${field}` as Key) || field;
}

/** The fields of a body worth a line, in the order of the contract, with those that are empty left out. */
export function fields_of(body: Body, order: readonly string[]): string[] {
  const told = (value: Value | undefined) =>
    value !== undefined &&
    value !== null &&
    value !== '' &&
    value !== -1 &&
    value !== 0 &&
    !(Array.isArray(value) && value.length === 0);
  return order.filter((field) => told(body[field]));
}

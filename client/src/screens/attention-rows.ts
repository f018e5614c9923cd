/** The fields of a record as a person reads them, one beside the other. */

import type { SideRow } from '../parts/two-sides';
import type { App } from '../port';
import type { Body, District, Formation, Offence } from '../sync/contract.gen';
import { type Key, named, say } from '../words';
import { moment } from '../words/moments';

/** Fields that make one line for a reader, and how they are said. */
interface Line {
  label: Key;
  fields: readonly string[];
  said: (app: App, body: Body) => string;
}

const LABEL_MAX = 300;
const TEXT_MAX = 4_000;

const text = (label: Key, field: string): Line => ({
  label,
  fields: [field],
  said: (_app, body) => String(body[field] ?? ''),
});
const word = (label: Key, field: string, prefix: string): Line => ({
  label,
  fields: [field],
  said: (_app, body) => say(`${prefix}${String(body[field])}` as Key),
});
const time = (label: Key, field: string): Line => ({
  label,
  fields: [field],
  said: (app, body) => (body[field] ? moment(Number(body[field]), app.now()) : ''),
});
const PLACE: Line = {
  label: 'place',
  fields: ['place', 'lat', 'lon', 'accuracy'],
  said: (_app, body) => {
    const measured =
      Number(body.accuracy ?? -1) >= 0 && say('metres', { n: Number(body.accuracy) });
    return [body.place || point(body), measured].filter(Boolean).join(' · ');
  },
};
const DISTRICT: Line = {
  label: 'field_district',
  fields: ['district'],
  said: (app, body) => {
    const found = app.all<District>('district').find((one) => one.body.code === body.district);
    return found ? named(found.body, 'name') : String(body.district ?? '');
  },
};

const LINES: Record<string, readonly Line[]> = {
  violation: [
    { label: 'field_article', fields: ['offence', 'article'], said: article },
    word('measure', 'measure', ''),
    PLACE,
    time('time', 'happened'),
    text('what_happened', 'text'),
    { label: 'field_subject', fields: ['subject', 'no_data_reason'], said: who },
    {
      label: 'backup',
      fields: ['needs_backup'],
      said: (_app, body) => say(body.needs_backup ? 'value_yes' : 'value_no'),
    },
    time('field_signed', 'signed'),
    word('field_state', 'state', 'step_'),
    DISTRICT,
  ],
  assist: [
    word('activity', 'activity', 'activity_'),
    text('officer_call_sign', 'officer'),
    PLACE,
    time('time', 'happened'),
    text('what_happened', 'text'),
    word('field_state', 'state', 'step_'),
    {
      label: 'field_formation',
      fields: ['formation'],
      said: (app, body) => {
        const found = app.record<Formation>('formation', String(body.formation))?.body;
        return found ? named(found, 'name') : '';
      },
    },
    DISTRICT,
  ],
  subject: (['name', 'iin', 'document', 'address', 'explanation'] as const).map((field) =>
    text(field, field),
  ),
  shift: [word('field_state', 'state', 'step_')],
};

/** The lines of a kind; where the store has no such record there is one side only. */
export function rows_of(
  app: App,
  kind: string,
  mine: Body,
  theirs: Body | null,
  code: string,
): SideRow[] {
  const blank = say('value_none');
  return (LINES[kind] ?? []).map((line) => ({
    name: line.fields[0] ?? '',
    label: say(line.label),
    mine: line.said(app, mine) || blank,
    theirs: theirs ? line.said(app, theirs) || blank : blank,
    wrong: code === 'field_wrong' && line.fields.some((field) => is_wrong(kind, field, mine)),
  }));
}

/** The store says that a field is wrong, not which: these are the ways in which one can be. */
function is_wrong(kind: string, field: string, body: Body): boolean {
  const value = body[field];
  if (field === 'formation' || field === 'district') return value === '' || value === undefined;
  if (field === 'offence') return value === '';
  if (field === 'accuracy') return Number(value) > 1_000_000;
  if (typeof value !== 'string') return false;
  const long = field === 'text' || (kind === 'subject' && field === 'explanation');
  return [...value].length > (long ? TEXT_MAX : LABEL_MAX);
}

function article(app: App, body: Body): string {
  const offence = app.record<Offence>('offence', String(body.offence))?.body;
  const number = offence?.article ?? String(body.article ?? '');
  const cited = offence?.part
    ? say('article_short', { article: number, part: offence.part })
    : number && say('article_label', { article: number });
  return [cited, offence && named(offence, 'title')].filter(Boolean).join(' · ');
}

function who(_app: App, body: Body): string {
  if (body.subject === 'person') return say('person');
  const why = String(body.no_data_reason ?? '');
  return why ? `${say('no_data')} · ${say(`reason_${why}` as Key)}` : say('no_data');
}

/** 43.2514, 76.9274 */
function point({ lat, lon }: Body): string {
  if (typeof lat !== 'number' || typeof lon !== 'number') return '';
  return `${(lat / 1e7).toFixed(4)}, ${(lon / 1e7).toFixed(4)}`;
}

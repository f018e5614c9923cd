/** What a letter of the outbox is about, said from the record it belongs to. */

import type { App, Sent } from '../port';
import type { Assist, Body, Offence, Violation } from '../sync/contract.gen';
import { type Key, say } from '../words';

const BRIEF = 60;

const KINDS: Record<string, Key> = {
  violation: 'kind_violation',
  assist: 'kind_assist',
  subject: 'kind_subject',
  shift: 'kind_shift',
};

const ACTIVITIES: Record<Assist['activity'], Key> = {
  patrol: 'activity_patrol',
  detention: 'activity_detention',
  report: 'activity_report',
  prevention: 'activity_prevention',
  other: 'activity_other',
};

export function title_of(app: App, sent: Pick<Sent, 'kind' | 'id' | 'title'>): string {
  const said = spoken(app, sent.kind, app.record<Body>(sent.kind, sent.id)?.body ?? null);
  return said || sent.title || say(KINDS[sent.kind] ?? 'kind_record');
}

/** The same of a body that need not be the record's. */
export function title_of_body(app: App, kind: string, body: Body | null): string {
  return spoken(app, kind, body) || say(KINDS[kind] ?? 'kind_record');
}

function spoken(app: App, kind: string, body: Body | null): string {
  if (kind === 'subject') return say('kind_subject');
  if (!body) return '';
  const place = brief(String(body.place ?? ''));
  if (kind === 'violation') return join(article_of(app, body as unknown as Violation), place);
  if (kind === 'assist') return join(say(ACTIVITIES[body.activity as Assist['activity']]), place);
  return '';
}

/** As the catalogue names it; as the record does when the catalogue no longer has it. */
function article_of(app: App, violation: Violation): string {
  const offence = app.record<Offence>('offence', violation.offence)?.body;
  if (!offence?.part)
    return say('article_label', { article: offence?.article ?? violation.article });
  return say('article_short', { article: offence.article, part: offence.part });
}

/** A title is to be seen at a glance; the whole text stands where the record is shown. */
function brief(text: string): string {
  const signs = [...text.trim()];
  return signs.length > BRIEF ? `${signs.slice(0, BRIEF).join('').trim()}…` : text;
}

function join(...parts: (string | undefined)[]): string {
  return parts.filter(Boolean).join(' · ');
}

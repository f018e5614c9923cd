/** What a letter of the outbox is about, said from the record it belongs to. */

import type { App, Sent } from '../port';
import type { Assist, Offence, Violation } from '../sync/contract.gen';
import { type Key, say } from '../words';

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
  const said = spoken(app, sent.kind, sent.id);
  return said || sent.title || say(KINDS[sent.kind] ?? 'kind_record');
}

function spoken(app: App, kind: string, id: string): string {
  if (kind === 'violation') {
    const body = app.record<Violation>('violation', id)?.body;
    return body ? join(article_of(app, body), body.place) : '';
  }
  if (kind === 'assist') {
    const body = app.record<Assist>('assist', id)?.body;
    return body ? join(say(ACTIVITIES[body.activity]), body.place) : '';
  }
  return kind === 'subject' ? say('kind_subject') : '';
}

/** As the catalogue names it; as the record does when the catalogue no longer has it. */
function article_of(app: App, violation: Violation): string {
  const offence = app.record<Offence>('offence', violation.offence)?.body;
  if (!offence?.part)
    return say('article_label', { article: offence?.article ?? violation.article });
  return say('article_short', { article: offence.article, part: offence.part });
}

function join(...parts: (string | undefined)[]): string {
  return parts.filter(Boolean).join(' · ');
}

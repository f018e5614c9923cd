/** What a screen saves, made whole: who, where and on which shift, in letters that stand together. */
import type { Kept, Me } from './port';
import type { Body, Shift } from './sync/contract.gen';
import type { Draft } from './sync/pocket';

export type Said = Record<string, unknown>;

/** Everything that a draft of letters needs and that is not on the form. */
export interface Circumstances {
  me: Me;
  shift: Kept<Shift> | null;
  new_id: () => string;
}

/** A violation, with the record of its subject beside it where there is one; `ids` if they are known. */
export function violation_letters(
  said: Said,
  subject: Said | null,
  at: Circumstances,
  ids: { violation?: string; subject?: string } = {},
): Draft[] {
  const { me, new_id } = at;
  const id = ids.violation ?? new_id();
  const post = { ...duty(at), officer: me.person };
  const who = subject ? 'person' : 'none';
  const set = said_of({ ...post, ...said, officer: me.person, subject: who });
  const letters: Draft[] = [{ kind: 'violation', id, set }];
  if (subject) {
    const { district } = set;
    const person = said_of({ ...subject, violation: id, officer: me.person, district });
    letters.push({ kind: 'subject', id: ids.subject ?? new_id(), set: person });
  }
  return grouped(letters, new_id);
}

export function assist_letters(said: Said, at: Circumstances): Draft[] {
  const { me, shift } = at;
  const formation = me.formation || (shift?.body.formation ?? '');
  const set = said_of({ ...duty(at), formation, ...said, member: me.person });
  return [{ kind: 'assist', id: at.new_id(), set }];
}

function duty({ me, shift }: Circumstances): Said {
  return {
    district: me.district || shift?.body.district,
    route: shift?.body.route ?? '',
    shift: shift?.id ?? '',
  };
}

/** Several letters stand or fall together; one has no need to. */
export function grouped(drafts: readonly Draft[], new_id: () => string): Draft[] {
  if (drafts.length < 2) return [...drafts];
  const id = new_id();
  return drafts.map((draft, n) => ({ ...draft, group: { id, n: n + 1, of: drafts.length } }));
}

/** A form leaves out what it was not told; a letter does not speak of it either. */
export function said_of(said: Said): Body {
  return Object.fromEntries(
    Object.entries(said).filter(([, value]) => value !== undefined),
  ) as Body;
}

/** The shift in force, or the next one. */
export function shift_at(
  shifts: readonly Kept<Shift>[],
  person: string,
  now: number,
): Kept<Shift> | null {
  const live = shifts.filter(
    ({ body: { person: whose, state, ends } }) =>
      whose === person && state !== 'cancelled' && state !== 'ended' && ends > now,
  );
  const [first] = live.sort((a, b) => a.body.starts - b.body.starts);
  return first ?? null;
}

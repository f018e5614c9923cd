/** What a screen saves, made whole: who, where and on which shift, in letters that stand together. */
import type { Kept, Me } from './port';
import type { Body, Group, Shift } from './sync/contract.gen';
import type { Draft } from './sync/pocket';

export type Said = Record<string, unknown>;

/** Everything that a draft of letters needs and that is not on the form. */
export interface Circumstances {
  me: Me;
  shift: Kept<Shift> | null;
  new_id: () => string;
}

/** A violation, with the record of its subject beside it where there is one. */
export function violation_letters(said: Said, subject: Said | null, at: Circumstances): Draft[] {
  const { me, new_id } = at;
  const id = new_id();
  const post = { ...duty(at), officer: me.person };
  const set = body({ ...post, ...said, officer: me.person, subject: subject ? 'person' : 'none' });
  if (!subject) return [{ kind: 'violation', id, set }];
  const person = body({
    ...subject,
    violation: id,
    officer: me.person,
    district: set.district,
  });
  const [first, second] = members(new_id(), 2);
  return [
    { kind: 'violation', id, set, group: first ?? null },
    { kind: 'subject', id: new_id(), set: person, group: second ?? null },
  ];
}

export function assist_letters(said: Said, at: Circumstances): Draft[] {
  const { me, shift } = at;
  const formation = me.formation || (shift?.body.formation ?? '');
  const set = body({ ...duty(at), formation, ...said, member: me.person });
  return [{ kind: 'assist', id: at.new_id(), set }];
}

function duty({ me, shift }: Circumstances): Said {
  return {
    district: me.district || shift?.body.district,
    route: shift?.body.route ?? '',
    shift: shift?.id ?? '',
  };
}

function members(id: string, of: number): Group[] {
  return Array.from({ length: of }, (_, n) => ({ id, n: n + 1, of }));
}

/** A form leaves out what it was not told; a letter does not speak of it either. */
function body(said: Said): Body {
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

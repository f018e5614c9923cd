/** What an author says anew of a record of his, made letters: only what differs goes, atom by atom. */
import { type Circumstances, grouped, type Said, said_of, violation_letters } from './letters';
import { ATOMS, type Body, type KindName, type Value } from './sync/contract.gen';
import type { Draft } from './sync/pocket';

/** The record as it stands, or null where the store has none: then it is written from the start. */
export interface Standing {
  id: string;
  body: Body | null;
}

/** May be empty: what he says is so already. */
export function violation_amends(
  violation: Standing,
  subject: Standing,
  said: Said,
  person: Said | null,
  at: Circumstances,
): Draft[] {
  const ids = { violation: violation.id, subject: subject.id };
  if (!violation.body) return violation_letters(owned(said), person, at, ids);
  const now = {
    ...said,
    state: next_state(violation.body.state),
    subject: person ? 'person' : 'none',
  };
  const drafts = differing('violation', violation, said_of(now), violation.body);
  const about = {
    ...person,
    violation: violation.id,
    officer: at.me.person,
    district: said.district,
  };
  if (person && subject.body) {
    drafts.push(...differing('subject', subject, said_of(about), subject.body));
  } else if (person) {
    drafts.push({ kind: 'subject', id: subject.id, set: said_of(about) });
  }
  return grouped(drafts, at.new_id);
}

export function assist_amends(assist: Standing, said: Said, at: Circumstances): Draft[] {
  if (assist.body) {
    // Whether it is confirmed is for others to say.
    return differing('assist', assist, said_of({ ...said, state: undefined }), assist.body);
  }
  const { district, formation } = at.shift?.body ?? {};
  const post = { district: at.me.district || district, formation: at.me.formation || formation };
  const set = said_of({ ...post, ...owned(said), member: at.me.person });
  return [{ kind: 'assist', id: assist.id, set }];
}

/** What was returned goes back to review; any other state is not the author's to change. */
function next_state(state: Value | undefined): Value | undefined {
  return state === 'returned' ? 'logged' : undefined;
}

/** A post that was not known when it was written is filled in from today's. */
function owned(said: Said): Said {
  const { district, formation, ...rest } = said;
  return { ...rest, ...(district ? { district } : {}), ...(formation ? { formation } : {}) };
}

/** An atom goes whole: its fields only make sense together. */
function differing(kind: KindName, { id }: Standing, said: Body, held: Body): Draft[] {
  const set: Body = {};
  for (const { fields } of Object.values(ATOMS[kind])) {
    const told = fields.filter((field) => said[field] !== undefined);
    if (told.every((field) => same(said[field], held[field]))) continue;
    for (const field of told) set[field] = said[field] as Value;
  }
  return Object.keys(set).length > 0 ? [{ kind, id, set }] : [];
}

function same(one: Value | undefined, other: Value | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

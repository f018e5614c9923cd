/** What calls for a person: his letters that do not stand, by the record that they are about. */
import type { Concern, Sides } from '../port';
import type { Body, Change } from '../sync/contract.gen';
import { view } from '../sync/outbox';
import { calls, type Entry, type Key, key_of, type Records } from '../sync/pocket';
import { body_of, change_of, state_of, whole } from './sight';

/** The gravest first: a record is called by the worst that became of its letters. */
const GRAVITY: readonly Concern['state'][] = ['rejected', 'disputed', 'parked', 'superseded'];
/** These only say that another letter was refused; that one says why. */
const AFTER: readonly string[] = ['group_refused', 'over_refused', 'group_broken'];
/** Parked for what its author wrote; whatever else is parked waits for the store or for a person. */
const MENDED_BY_AUTHOR: readonly string[] = [...AFTER, 'unreadable', 'not_canonical'];

/** Newest first; a person's data are one concern with the violation that they belong to. */
export function concerns(entries: readonly Entry[], records: Records): Concern[] {
  const found = new Map<Key, Entry[]>();
  for (const entry of entries) {
    if (!calls(entry) && entry.answered !== 'left') continue;
    const home = home_of(entry, records);
    found.set(home, [...(found.get(home) ?? []), entry]);
  }
  return [...found].map(([key, own]) => concern(key, own)).sort((a, b) => b.at - a.at);
}

function concern(key: Key, own: readonly Entry[]): Concern {
  const open = own.filter(calls);
  const worst = gravest(open.length > 0 ? open : own);
  const [kind = '', id = ''] = key.split('/');
  const at = Math.max(...own.map((entry) => written_at(change_of(entry))));
  const state = state_of(worst) as Concern['state'];
  const task = task_of(state, worst.code);
  return { kind, id, at, state, code: worst.code, task, left: open.length === 0 };
}

function gravest(entries: readonly Entry[]): Entry {
  const weight = (entry: Entry) =>
    GRAVITY.indexOf(state_of(entry) as Concern['state']) + (AFTER.includes(entry.code) ? 0.5 : 0);
  return [...entries].sort((a, b) => weight(a) - weight(b))[0] as Entry;
}

function task_of(state: Concern['state'], code: string): Concern['task'] {
  if (state === 'superseded') return 'decided';
  if (state === 'disputed') return 'review';
  return state === 'rejected' || MENDED_BY_AUTHOR.includes(code) ? 'mend' : 'review';
}

function home_of(entry: Entry, records: Records): Key {
  if (entry.kind !== 'subject') return key_of(entry);
  const base = records.get(key_of(entry));
  const violation = change_of(entry)?.set.violation ?? (base && body_of(base).violation);
  return typeof violation === 'string' ? `violation/${violation}` : key_of(entry);
}

/** What the author says of a record, and what the store says of it. */
export function sides(entries: readonly Entry[], records: Records, key: Key): Sides {
  const base = records.get(key);
  const own = entries.filter((entry) => key_of(entry) === key);
  const said = own.filter((e) => calls(e) || e.answered === 'left' || e.state !== 'settled');
  const changes = said.filter((e) => e.answered !== 'mended').flatMap((e) => change_of(e) ?? []);
  const [kind = ''] = key.split('/');
  const theirs: Body | null = base ? whole(kind, body_of(base)) : null;
  const made = base !== undefined || changes.some((c) => c.base === 0 && c.over === 0);
  const mine = made ? view(theirs, changes) : null;
  return {
    mine: mine ? whole(kind, mine) : null,
    theirs,
    copied: own.some((entry) => entry.code === 'fork'),
  };
}

/** A record as the store has it, with what is on its way laid over; nothing that was refused. */
export function standing(entries: readonly Entry[], records: Records, key: Key): Body | null {
  const base = records.get(key);
  const waiting = entries.filter((e) => key_of(e) === key && e.state === 'waiting');
  const body = view(
    base ? body_of(base) : null,
    waiting.flatMap((e) => change_of(e) ?? []),
  );
  return body && whole(key.split('/')[0] ?? '', body);
}

/** The record of the person whom a violation is about, refused or not; '' where there is none. */
export function subject_of(entries: readonly Entry[], records: Records, violation: string): string {
  const home: Key = `violation/${violation}`;
  const written = entries.find((e) => e.kind === 'subject' && home_of(e, records) === home);
  if (written) return written.id;
  const bases = [...records.values()].filter((base) => base.kind === 'subject');
  return bases.find((base) => body_of(base).violation === violation)?.id ?? '';
}

function written_at(change: Change | null): number {
  return change ? change.clock.at + change.clock.offset : 0;
}

/** What a person sees of the replica: the base with his own letters laid over. */
import type { Kept, LetterState, Sent } from '../port';
import { type Body, type Change, DEFAULTS, type KindName } from '../sync/contract.gen';
import { says } from '../sync/letter';
import { view } from '../sync/outbox';
import type { Base, Entry, Key, Records } from '../sync/pocket';
import { key_of } from '../sync/pocket';

const bodies = new WeakMap<Base, Body>();
const changes = new Map<string, Change | null>();

/** The letters that are laid over each record, in their order. */
export function laid_over(entries: readonly Entry[], records: Records): Map<Key, Entry[]> {
  const over = new Map<Key, Entry[]>();
  for (const entry of entries) {
    const key = key_of(entry);
    if (entry.state === 'settled' || entry.answered) continue;
    // Refused on a record that others hold: theirs is what is so. Refused at its first writing,
    // it is all that its author has, and he is to see it.
    if (entry.outcome === 'rejected' && records.has(key)) continue;
    over.set(key, [...(over.get(key) ?? []), entry]);
  }
  return over;
}

export function kept<B>(base: Base | null, over: readonly Entry[], key: Key): Kept<B> | null {
  const [kind = '', id = ''] = key.split('/');
  const said = over.map(change_of).filter((change) => change !== null);
  const body = view(base ? body_of(base) : null, said);
  if (!body) return null;
  const waiting = over.some((entry) => entry.state === 'waiting');
  return { id, kind, version: base?.version ?? 0, body: whole(kind, body) as B, waiting };
}

/** With the values that a body need not say. */
export function whole(kind: string, body: Body): Body {
  return { ...DEFAULTS[kind as KindName], ...body };
}

export function body_of(base: Base): Body {
  const read = bodies.get(base) ?? (JSON.parse(base.line).body as Body);
  bodies.set(base, read);
  return read;
}

export function change_of(entry: Entry): Change | null {
  const read = changes.get(entry.hash);
  if (read !== undefined) return read;
  const said = says(entry.line);
  changes.set(entry.hash, said);
  return said;
}

/** The letters, newest first; a group is shown as the one thing that it is to its author. */
export function sent(entries: readonly Entry[], under_way: ReadonlySet<string>): Sent[] {
  const lines: Sent[] = [];
  const groups = new Map<string, Sent>();
  for (const entry of entries) {
    const change = change_of(entry);
    const state = state_of(entry, under_way);
    const group = change?.group?.id ?? '';
    const first = groups.get(group);
    if (first) {
      // The first member only says that another was refused; that one says why.
      if (first.code === 'group_refused') first.code = entry.code;
      if (!entry.answered) first.answered = '';
      continue;
    }
    const { lane, seq, kind, id, code } = entry;
    const at = change ? change.clock.at + change.clock.offset : 0;
    const title = title_of(change);
    const line = { lane, seq, kind, id, at, state, code, title, answered: entry.answered };
    lines.push(line);
    if (group) groups.set(group, line);
  }
  return lines.sort((a, b) => b.at - a.at || b.seq - a.seq);
}

function title_of(change: Change | null): string {
  const { article, activity } = change?.set ?? {};
  return String(article ?? activity ?? '');
}

export function state_of(entry: Entry, under_way?: ReadonlySet<string>): LetterState {
  if (entry.state === 'waiting') return under_way?.has(entry.hash) ? 'sent' : 'waiting';
  if (entry.code === 'lost') return 'superseded';
  if (entry.outcome === '' || entry.outcome === 'applied' || entry.outcome === 'merged') {
    return 'stored';
  }
  return entry.outcome;
}

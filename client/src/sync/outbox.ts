/** The outbox: how a replica writes its letters, and which of them are due. */
import {
  type Ask,
  type Body,
  BYTES_MAX,
  type Change,
  type Clock,
  type Lane,
  PROTOCOL,
  type Void,
} from './contract.gen';
import { digest, size_of, write } from './letter';
import {
  type Answered,
  type Base,
  calls,
  type Draft,
  type Effects,
  type Entry,
  effects_of,
  type Key,
  key_of,
  REFUSED,
  type State,
} from './pocket';

/** Bytes that are left for the header: its cursors, heads and digests grow with the feeds. */
export const HEADER_MAX = 262_144;
const LANES: readonly Lane[] = ['urgent', 'work'];

type Numbered = [seq: number, line: string];

/** Write a letter. A record with unsent letters keeps their lane. */
export function compose(
  state: State,
  draft: Draft,
  base: Base | null,
  entries: readonly Entry[],
  clock: Clock,
  salt: string,
): Effects {
  const mine = entries.filter((e) => e.kind === draft.kind && e.id === draft.id).sort(by_number);
  const last = mine.findLast((e) => e.state === 'waiting');
  const lane = last?.lane ?? draft.lane ?? 'work';
  const [before, prev] = state.heads[lane] ?? [0, ''];
  const [version, letter] = seen(base, mine);
  const change: Change = {
    contract: state.contract,
    device: state.device,
    author: state.person,
    lane,
    seq: before + 1,
    prev,
    salt,
    kind: draft.kind,
    id: draft.id,
    base: version,
    base_hash: letter,
    over: last?.seq ?? 0,
    group: draft.group ?? null,
    clock,
    set: draft.set,
    add: {},
    take: {},
  };
  const line = write(change);
  const entry = new_entry(change, line);
  const after = { ...state, heads: { ...state.heads, [lane]: [entry.seq, entry.hash] } };
  return { ...effects_of(after), entries: [entry] };
}

function new_entry(change: Change, line: string): Entry {
  const { lane, seq, kind, id, over } = change;
  const told = { outcome: '', code: '', position: 0, unseen: 0, answered: '' } as const;
  return { lane, seq, hash: digest(line), line, kind, id, over, state: 'waiting', ...told };
}

export function by_number(a: Entry, b: Entry): number {
  return a.lane === b.lane ? a.seq - b.seq : a.lane < b.lane ? -1 : 1;
}

/** The version that its author has seen: an own letter that was taken counts before the page with its record has come. */
function seen(base: Base | null, mine: readonly Entry[]): [version: number, letter: string] {
  let version = base?.version ?? 0;
  let letter = base?.letter ?? '';
  for (const e of mine) {
    if ((e.outcome === 'applied' || e.outcome === 'merged') && e.position > version) {
      version = e.position;
      letter = e.hash;
    }
  }
  return [version, letter];
}

/**
 * What changes when the author answers what became of his letters on a record. `mended`: another
 * letter of his says it anew. `left`: it stays as it is, which a parked one cannot: the store may
 * still take it up. Empty: he takes back that he left it.
 */
export function answer(entries: readonly Entry[], key: Key, answered: Answered): Entry[] {
  const mine = entries.filter((e) => key_of(e) === key);
  if (answered === '') return mine.filter((e) => e.answered === 'left').map(called_again);
  return mine
    .filter((e) => calls(e) && (answered === 'mended' || e.outcome !== 'parked'))
    .map((e) => ({ ...e, answered }));
}

function called_again(entry: Entry): Entry {
  const state = REFUSED.includes(entry.outcome) ? 'heard' : entry.state;
  return { ...entry, state, answered: '' };
}

/** The line that makes numbers void whose letters are gone. */
export function tear(
  state: State,
  lane: Lane,
  first: number,
  last: number,
  reason: Void['reason'],
): string {
  const { device, person } = state;
  return write({ void: 1, device, author: person, lane, seq: first, to: last, reason, torn: '' });
}

/** The next request. The new state (its turn) is put down before anything is sent. */
export function ask(
  state: State,
  entries: readonly Entry[],
  now: number,
  limit: number,
  letters_max: number,
  bytes_max: number = BYTES_MAX,
): [State, Ask, string[]] {
  const after = { ...state, turn: state.turn + 1 };
  const letters: string[] = [];
  const runs: Ask['letters'] = [];
  let room = bytes_max - HEADER_MAX;
  for (const lane of LANES) {
    const lines = fitting(due(state, lane, entries), letters_max - letters.length, room);
    const first = lines[0];
    if (!first) continue;
    runs.push([lane, first[0], lines.length]);
    for (const [, line] of lines) {
      letters.push(line);
      room -= size_of(line) + 1;
    }
  }
  const { contract, device, epoch, mark, at, open, view, heads, narrow } = state;
  const request: Ask = {
    kezek: PROTOCOL,
    contract,
    device,
    epoch,
    turn: after.turn,
    mark,
    at,
    open,
    view,
    heads,
    letters: runs,
    authors: [],
    compare: narrow,
    limit,
    sent: now,
  };
  return [after, request, letters];
}

/** As many of them as one exchange takes; a group goes whole or waits for the next. */
function fitting(lines: Numbered[], count: number, room: number): Numbered[] {
  let fits = 0;
  let left = room;
  for (const [index, [, line]] of lines.entries()) {
    left -= size_of(line) + 1;
    if (index >= count || left < 0) break;
    if (index + 1 === lines.length || ends(line)) fits = index + 1;
  }
  return lines.slice(0, fits);
}

/** Whether no other letter has to follow in the same exchange; a torn line stands alone. */
function ends(line: string): boolean {
  try {
    const { group }: Partial<Change> = JSON.parse(line);
    return !group || group.n === group.of;
  } catch {
    return true;
  }
}

/** The letters of a lane that the store does not hold; numbers whose letter is gone are void. */
function due(state: State, lane: Lane, entries: readonly Entry[]): Numbered[] {
  const head = state.heads[lane]?.[0] ?? 0;
  const own = entries.filter((e) => e.lane === lane).sort(by_number);
  // Another device goes by this name: a person has to look.
  if (own.some((e) => e.code === 'fork')) return [];
  const known = new Map(own.map((e) => [e.seq, e]));
  const lines: Numbered[] = [];
  // A letter that waits below what the store holds: another device goes by this name, too.
  const waiting = own.find((e) => e.state === 'waiting')?.seq ?? head + 1;
  let number = Math.min((state.taken[lane] ?? 0) + 1, waiting);
  while (number <= head) {
    const entry = known.get(number);
    if (entry) {
      lines.push([number, entry.line]);
    } else {
      const next = own.find((e) => e.seq > number)?.seq ?? head + 1;
      lines.push([number, tear(state, lane, number, next - 1, 'tail_gone')]);
      number = next - 1;
    }
    number += 1;
  }
  return lines;
}

/** A record as its holder sees it: the base with his own letters laid over, in their order. */
export function view(body: Body | null, changes: Iterable<Change>): Body | null {
  let now = body;
  for (const change of changes) now = { ...now, ...change.set };
  return now;
}

/**
 * The device's half: how an answer changes base records and outbox.
 *
 * Pure: what changes is answered as effects, which the caller puts down in one transaction before
 * it believes them. The port of sync/replica.py; both answer to tests/vectors.
 */
import { type Answer, type Out, type OutcomeLine, TAIL_MAX } from './contract.gen';
import type { In } from './exchange';
import {
  type Base,
  type Changed,
  calls,
  type Effects,
  type Entry,
  effects_of,
  type Key,
  key_of,
  type Lanes,
  REFUSED,
  type Records,
  type State,
} from './pocket';
import { compare, now_of, repair, without } from './repair';

/**
 * Take in an answer; null where it is not the answer to the last turn.
 *
 * `records` are all base records of the replica; they are read, never written.
 */
export function hear(
  state: State,
  answer: Answer,
  lines: readonly (In | Out)[],
  records: Records,
  entries: readonly Entry[],
): Effects | null {
  if (answer.turn !== state.turn) return null;
  const { epoch, mark, at, open } = answer;
  const taken: Lanes<number> = {};
  for (const [lane, head] of Object.entries(answer.heads))
    taken[lane as keyof typeof taken] = head[0];
  const after: State = {
    ...state,
    // The same answer once more is an answer to no request.
    turn: state.turn + 1,
    epoch,
    mark,
    at,
    open,
    heard_at: answer.now,
    narrow: {},
    taken,
  };
  const effects = effects_of(after);
  const changed: Changed = new Map();
  if (answer.feeds !== null && answer.view !== null) {
    after.view = answer.view;
    after.feeds = answer.feeds;
    after.open = { ...answer.open, ...fresh(state, answer) };
    release(records, changed, new Map(answer.feeds.map(([feed, life]) => [feed, life])));
  }
  for (const line of lines) lay_line(after, line, records, changed);
  repair(after, answer, lines, records, changed);
  doubt(state, after, answer, records, changed);
  settle(after, entries, outcomes(answer.outcomes, entries), effects);
  put_down(changed, records, effects);
  return effects;
}

function put_down(changed: Changed, records: Records, effects: Effects): void {
  for (const [key, base] of changed) {
    if (base) effects.put.push(base);
    else if (records.has(key)) effects.drop.push(key);
  }
}

/** Feeds granted now and not before are read from their beginning, beside the others. */
function fresh(state: State, answer: Answer): State['open'] {
  if (state.epoch !== answer.epoch || state.at === 0 || answer.feeds === null) return {};
  const before = new Set(state.feeds.map(([feed, life]) => `${feed} ${life}`));
  const added = answer.feeds.filter(([feed, life]) => !before.has(`${feed} ${life}`));
  return Object.fromEntries(added.map(([feed]) => [feed, 0]));
}

/** Let go of feeds that are not granted any more: a record goes when none is left. */
function release(records: Records, changed: Changed, lives: ReadonlyMap<string, number>): void {
  const left = (feed: string, life: number) => lives.get(feed) !== life;
  for (const [key, base] of records) {
    if (Object.entries(base.feeds).some(([feed, life]) => left(feed, life))) {
      changed.set(key, without(base, left));
    }
  }
}

function lay_line(state: State, line: In | Out, records: Records, changed: Changed): void {
  if ('in' in line) {
    const feeds: Base['feeds'] = {};
    for (const [feed, life] of granted(state, line.in)) feeds[feed] = life;
    const { kind, id, version, letter } = line.given;
    changed.set(key_of(line.given), { kind, id, version, letter, line: line.line, feeds });
    return;
  }
  const base = now_of(key_of(line), records, changed);
  if (!base) return;
  const gone = new Set(granted(state, line.out).map(([feed]) => feed));
  changed.set(
    key_of(line),
    without(base, (feed) => gone.has(feed)),
  );
}

function granted(state: State, numbers: readonly number[]): State['feeds'] {
  return numbers.map((n) => {
    const grant = state.feeds[n];
    if (!grant) throw new RangeError(`the view has no feed ${n}`);
    return grant;
  });
}

/** Another epoch may lack what the replica holds: it compares once all is read. */
function doubt(
  state: State,
  after: State,
  answer: Answer,
  records: Records,
  changed: Changed,
): void {
  const whole = !answer.more && Object.keys(after.open).length === 0;
  const compared = whole && Object.keys(state.narrow).length > 0;
  const another = state.epoch !== '' && state.epoch !== answer.epoch;
  after.doubt = another || (state.doubt && !compared);
  if (!after.doubt || !whole) return;
  const now = [...new Map<Key, Base | null>([...records, ...changed]).values()];
  after.narrow = compare(
    after,
    now.filter((base) => base !== null),
  ).narrow;
}

type Told = Map<string, Entry>;

function outcomes(lines: readonly OutcomeLine[], entries: readonly Entry[]): Told {
  const told = new Map(lines.map((line) => [`${line[0]}/${line[1]}`, line]));
  const fresh: Told = new Map();
  for (const entry of entries) {
    const line = told.get(name_of(entry));
    if (!line) continue;
    const [, , outcome, code, position, unseen = 0] = line;
    // What was left as it was is told anew when something else became of it.
    const anew = entry.answered === 'left' && entry.outcome !== outcome;
    const answered = anew ? '' : entry.answered;
    const told_now = { state: 'heard', outcome, code, position, unseen, answered } as const;
    fresh.set(name_of(entry), { ...entry, ...told_now });
  }
  return fresh;
}

/**
 * A letter stays laid over until all feeds are read past its outcome's position, a refused one
 * until it is answered; the tail lets go of none that still calls for its author, and of none
 * that a restored store has still to be offered.
 */
function settle(state: State, entries: readonly Entry[], fresh: Told, effects: Effects): void {
  const filled = Object.keys(state.open).length === 0;
  const held = (entry: Entry) => entry.seq <= (state.taken[entry.lane] ?? 0);
  const settled: Entry[] = [];
  for (const entry of entries.map((e) => fresh.get(name_of(e)) ?? e)) {
    if (entry.state === 'settled') settled.push(entry);
    const read = filled && state.at >= entry.position;
    const done_with = !REFUSED.includes(entry.outcome) || entry.answered !== '';
    if (entry.state !== 'heard' || !done_with || !held(entry) || !(read || entry.unseen)) continue;
    const done: Entry = { ...entry, state: 'settled' };
    fresh.set(name_of(entry), done);
    settled.push(done);
  }
  const tail = settled
    .filter((entry) => held(entry) && !calls(entry))
    .sort((a, b) => a.position - b.position);
  for (const entry of tail.slice(0, Math.max(0, tail.length - TAIL_MAX))) {
    fresh.delete(name_of(entry));
    effects.gone.push([entry.lane, entry.seq]);
  }
  effects.entries = [...fresh.values()];
}

function name_of(entry: { lane: string; seq: number }): string {
  return `${entry.lane}/${entry.seq}`;
}

/** Hide and erase what was lent until a moment that has passed. */
export function overdue(state: State, records: Records, now: number): Effects {
  const feeds = state.feeds.filter(([, , lent]) => lent > now);
  if (feeds.length === state.feeds.length) return effects_of(state);
  const effects = effects_of({ ...state, feeds, view: '' });
  const changed: Changed = new Map();
  release(records, changed, new Map(feeds.map(([feed, life]) => [feed, life])));
  put_down(changed, records, effects);
  return effects;
}

/** The phone's half gives the same bytes as Python's: both answer to tests/vectors. */
import type { Body, Change, Clock, Void } from 'client/sync/contract.gen';
import { read_answer } from 'client/sync/exchange';
import { digest, write } from 'client/sync/letter';
import { answer, ask, compose, view } from 'client/sync/outbox';
import {
  type Answered,
  type Base,
  type Draft,
  type Effects,
  type Entry,
  key_of,
  type Records,
  type State,
} from 'client/sync/pocket';
import { compare } from 'client/sync/repair';
import { hear, overdue } from 'client/sync/replica';
import { describe, expect, test } from 'vitest';
import answers from '../../vectors/answer.json';
import asks from '../../vectors/ask.json';
import compares from '../../vectors/compare.json';
import composes from '../../vectors/compose.json';
import hears from '../../vectors/hear.json';
import letters from '../../vectors/letters.json';
import overdues from '../../vectors/overdue.json';
import views from '../../vectors/view.json';

const as = <T>(value: unknown): T => value as T;
const records_of = (bases: unknown): Records =>
  new Map(as<Base[]>(bases).map((base) => [key_of(base), base]));

/** What is put down at once has no order. */
function sorted(effects: Effects | null): unknown {
  if (!effects) return null;
  const by =
    <T>(key: (one: T) => string) =>
    (a: T, b: T) =>
      key(a) < key(b) ? -1 : 1;
  return {
    ...effects,
    put: [...effects.put].sort(by(key_of)),
    drop: [...effects.drop].sort(),
    entries: [...effects.entries].sort((a, b) =>
      a.lane === b.lane ? a.seq - b.seq : a.lane < b.lane ? -1 : 1,
    ),
  };
}

describe('a letter has one form', () => {
  test.each(letters)('$why', ({ says, line, hash }) => {
    expect(write(as<Change | Void>(says))).toBe(line);
    expect(digest(line)).toBe(hash);
  });
});

test.each(composes)('compose: $why', (it) => {
  const [state, draft, base] = [as<State>(it.state), as<Draft>(it.draft), as<Base | null>(it.base)];
  const effects = compose(
    state,
    draft,
    base,
    as<Entry[]>(it.entries),
    as<Clock>(it.clock),
    it.salt,
  );
  expect(sorted(effects)).toEqual(it.effects);
});

test.each(asks)('ask: $why', (it) => {
  const { now, limit, letters_max, bytes_max } = it;
  const [state, entries] = [as<State>(it.state), as<Entry[]>(it.entries)];
  const [after, header, lines] = ask(state, entries, now, limit, letters_max, bytes_max);
  expect(lines).toEqual(it.lines);
  expect(header).toEqual(it.header);
  expect(after).toEqual(it.after);
});

test.each(hears)('hear: $why', (it) => {
  const [answer, lines] = read_answer(it.message);
  const [state, entries] = [as<State>(it.state), as<Entry[]>(it.entries)];
  const effects = hear(state, answer, lines, records_of(it.records), entries);
  expect(sorted(effects)).toEqual(it.effects);
});

test.each(answers)('answer: $why', (it) => {
  const after = answer(as<Entry[]>(it.entries), key_of(it), it.answered as Answered);
  expect(after).toEqual(it.after);
});

test.each(overdues)('overdue: $why', (it) => {
  const effects = overdue(as<State>(it.state), records_of(it.records), it.now);
  expect(sorted(effects)).toEqual(it.effects);
});

test.each(compares)('compare: $why', (it) => {
  expect(compare(as<State>(it.state), as<Base[]>(it.records))).toEqual(it.after);
});

test.each(views)('view: $why', (it) => {
  expect(view(as<Body | null>(it.body), as<Change[]>(it.changes))).toEqual(it.seen);
});

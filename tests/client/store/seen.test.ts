/** What did not change is not looked at again: a desk holds tens of thousands of records. */
import type { ReplicaStore } from 'client/store/replica-store';
import { Seen } from 'client/store/seen';
import type { Base, Entry } from 'client/sync/pocket';
import { beforeEach, expect, test } from 'vitest';

let records: Map<string, Base>;
let entries: Entry[];
let seen: Seen;

function base(kind: string, id: string, version: number, place: string): Base {
  const line = JSON.stringify({ body: { place } });
  return { kind, id, version, letter: '', line, feeds: {} };
}

function lay(record: Base): void {
  records = new Map([...records, [`${record.kind}/${record.id}`, record]]);
}

beforeEach(() => {
  records = new Map();
  entries = [];
  lay(base('violation', 'a', 1, 'x'));
  lay(base('violation', 'b', 2, 'y'));
  lay(base('shift', 's', 3, 'z'));
  const store = {
    get records() {
      return records;
    },
    get entries() {
      return entries;
    },
  };
  seen = new Seen(store as unknown as ReplicaStore);
});

test('a list is the same until something of its kind has changed, and so is each record', () => {
  const [before, shifts] = [seen.all('violation'), seen.all('shift')];
  lay(base('violation', 'b', 4, 'new'));
  seen.renewed(['violation/b']);
  const after = seen.all<{ place: string }>('violation');
  expect(after.map(({ body }) => body.place)).toEqual(['x', 'new']);
  expect(after[0]).toBe(before[0]);
  expect(seen.all('shift')).toBe(shifts);
  seen.renewed([]);
  expect(seen.all('violation')).toBe(after);
});

test('a record that came or went is in its list or not', () => {
  expect(seen.all('violation')).toHaveLength(2);
  records = new Map([...records].filter(([key]) => key !== 'violation/a'));
  lay(base('violation', 'c', 5, 'c'));
  seen.renewed(['violation/a', 'violation/c']);
  expect(seen.all('violation').map(({ id }) => id)).toEqual(['b', 'c']);
  expect(seen.record('violation/a')).toBeNull();
});

test('a letter is laid over while it waits, and lifted when it does not', () => {
  expect(seen.record('violation/a')).toMatchObject({ waiting: false });
  const line = JSON.stringify({ set: { place: 'mine' }, clock: { at: 1, offset: 0 } });
  const waiting = { lane: 'work', seq: 1, hash: 'seen-1', line, kind: 'violation', id: 'a' };
  entries = [{ ...waiting, state: 'waiting', outcome: '', answered: '' } as Entry];
  seen.renewed([]);
  expect(seen.record('violation/a')).toMatchObject({ waiting: true });
  entries = [];
  seen.renewed([]);
  expect(seen.record('violation/a')).toMatchObject({ waiting: false, body: { place: 'x' } });
});

test('when another tab has written, all is looked at anew', () => {
  seen.all('violation');
  lay(base('violation', 'd', 9, 'd'));
  seen.renewed(null);
  expect(seen.all('violation')).toHaveLength(3);
});

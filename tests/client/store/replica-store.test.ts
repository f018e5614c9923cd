/** What is saved is on the disk, whole, under one number, whoever else is writing. */
import 'fake-indexeddb/auto';
import { ReplicaStore } from 'client/store/replica-store';
import type { Clock } from 'client/sync/contract.gen';
import { ask, compose } from 'client/sync/outbox';
import { effects_of } from 'client/sync/pocket';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const CLOCK: Clock = { at: 1_795_330_800_000, zone: 300, offset: 0, age: 1, jumps: 0 };
const SALT = '00112233445566778899aabbccddeeff';
const DEVICE = '019a0000-0000-7000-8000-000000000001';

let person: string;
let people = 0;
const opened: ReplicaStore[] = [];

async function tab(): Promise<ReplicaStore> {
  const store = await ReplicaStore.open(person, DEVICE, () => undefined);
  opened.push(store);
  return store;
}

function log(store: ReplicaStore, id: string, text = 'seen') {
  const draft = { kind: 'violation', id, set: { text } };
  return store.write(({ state, entries }) => compose(state, draft, null, entries, CLOCK, SALT));
}

beforeEach(() => {
  people += 1;
  person = `019a0000-0000-7000-8000-${String(people).padStart(12, '0')}`;
});

afterEach(() => {
  vi.restoreAllMocks();
  for (const store of opened.splice(0)) store.close();
});

describe('a letter', () => {
  test('is there after the application was killed', async () => {
    await log(await tab(), 'one');
    const again = await tab();
    expect(again.entries.map((e) => [e.lane, e.seq, e.id])).toEqual([['work', 1, 'one']]);
    expect(again.state.heads).toEqual({ work: [1, again.entries[0]?.hash] });
  });

  test('and the number that it took are put down in one strict transaction', async () => {
    const store = await tab();
    const writes = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await log(store, 'one');
    const readwrite = writes.mock.calls.filter(([, mode]) => mode === 'readwrite');
    expect(readwrite).toEqual([
      [['state', 'records', 'outbox'], 'readwrite', { durability: 'strict' }],
    ]);
  });

  test('is not believed where there is no room, and its number is free again', async () => {
    const store = await tab();
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    await expect(log(store, 'one')).rejects.toThrow('quota');
    expect(put).toHaveBeenCalledTimes(1);
    expect([store.entries, store.state.heads]).toEqual([[], {}]);
    await log(store, 'two');
    expect((await tab()).entries.map((e) => [e.seq, e.id])).toEqual([[1, 'two']]);
  });

  test('half written is not written at all', async () => {
    const store = await tab();
    const { put } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
      this: IDBObjectStore,
      ...said: Parameters<IDBObjectStore['put']>
    ) {
      if (this.name === 'outbox') throw new DOMException('gone', 'UnknownError');
      return put.apply(this, said);
    });
    await expect(log(store, 'one')).rejects.toThrow('storage');
    vi.restoreAllMocks();
    expect((await tab()).state.heads).toEqual({});
  });

  test('that the disk lost is made void by its number, and the next goes on', async () => {
    const store = await tab();
    for (const id of ['one', 'two', 'three']) await log(store, id);
    await store.write(({ state }) => ({ ...effects_of(state), gone: [['work', 2]] }));
    const { state, entries } = await tab();
    const [, header, lines] = ask(state, entries, 1, 1, 200);
    expect(header.letters).toEqual([['work', 1, 3]]);
    expect(JSON.parse(lines[1] ?? '')).toMatchObject({ void: 1, seq: 2, to: 2 });
  });
});

describe('two tabs', () => {
  test('never use a number twice', async () => {
    const [left, right] = [await tab(), await tab()];
    await Promise.all(['a', 'b', 'c', 'd'].map((id, n) => log(n % 2 ? left : right, id)));
    const { entries } = await tab();
    expect(entries.map((e) => e.seq)).toEqual([1, 2, 3, 4]);
    const chain = entries.map((e) => JSON.parse(e.line).prev);
    expect(chain).toEqual(['', ...entries.slice(0, 3).map((e) => e.hash)]);
  });

  test('see what the other wrote', async () => {
    const [left, right] = [await tab(), await tab()];
    await log(left, 'one');
    await vi.waitFor(() => expect(right.entries.map((e) => e.id)).toEqual(['one']));
  });
});

test('a draft is kept until it is dropped', async () => {
  const store = await tab();
  await store.keep_draft({ kind: 'violation' });
  expect(await (await tab()).draft('violation')).toEqual({ kind: 'violation' });
  await store.drop_draft('violation');
  expect(await store.draft('violation')).toBeNull();
});

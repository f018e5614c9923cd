/** The courier goes on while there is more, and never storms the store. */
import 'fake-indexeddb/auto';
import { DeviceClock } from 'client/net/clock';
import { type Carrier, Courier } from 'client/net/courier';
import { ReplicaStore } from 'client/store/replica-store';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const DEVICE = '019a0000-0000-7000-8000-000000000001';
let store: ReplicaStore;
let courier: Courier;
let people = 0;

function answer(message: string, more: boolean): string {
  const { turn } = JSON.parse(message.split('\n')[0] ?? '');
  const header = {
    turn,
    epoch: 'e',
    mark: '',
    now: 1,
    heads: {},
    outcomes: [],
    view: null,
    feeds: null,
    at: 1,
    open: {},
    narrow: {},
    more,
    next: [3600, 0],
    limits: [1_048_576, 200],
  };
  return `${JSON.stringify(header)}\n{"end":0}\n`;
}

function carried_by(exchange: Carrier['exchange']) {
  const carrier = { exchange: vi.fn(exchange) };
  courier = new Courier(
    store,
    carrier,
    new DeviceClock(),
    () => undefined,
    () => 0,
  );
  return carrier.exchange;
}

beforeEach(async () => {
  people += 1;
  store = await ReplicaStore.open(`courier-${people}`, DEVICE, () => undefined);
});

afterEach(() => {
  courier.stop();
  store.close();
});

test('pages are fetched until there is no more', async () => {
  let left = 3;
  const asked = carried_by(async (m) => ({ is: 'answer', value: answer(m, --left > 0) }));
  await courier.go();
  expect(asked).toHaveBeenCalledTimes(3);
});

test('a store that says there is more and gives nothing is asked twenty times a minute', async () => {
  const asked = carried_by(async (m) => ({ is: 'answer', value: answer(m, true) }));
  await courier.go();
  await courier.go();
  // The first one brought the replica to where the store stands.
  expect(asked).toHaveBeenCalledTimes(21);
  expect(courier.caught_up).toBe(false);
});

test('a first filling of many pages is not held up', async () => {
  let at = 0;
  const asked = carried_by(async (m) => {
    at += 1;
    const page = answer(m, at < 50).replace('"at":1', `"at":${at}`);
    return { is: 'answer', value: page };
  });
  await courier.go();
  expect(asked).toHaveBeenCalledTimes(50);
  expect(courier.caught_up).toBe(true);
});

test('what is asked for during an exchange is done after it', async () => {
  let going = 0;
  const asked = carried_by(async (m) => {
    going += 1;
    expect(going).toBe(1);
    if (asked.mock.calls.length === 1) void courier.go();
    await new Promise((resolve) => setTimeout(resolve, 5));
    going -= 1;
    return { is: 'answer', value: answer(m, false) };
  });
  await courier.go();
  expect(asked).toHaveBeenCalledTimes(2);
});

test('an answer to another turn is not believed', async () => {
  carried_by(async (m) => ({
    is: 'answer',
    value: answer(m, false).replace('"turn":1', '"turn":9'),
  }));
  await courier.go();
  expect([store.state.turn, store.state.at, store.state.epoch]).toEqual([1, 0, '']);
});

test('a fault of the whole request is kept to be shown, until one goes well', async () => {
  carried_by(async () => ({ is: 'fault', code: 'slow_down', wait: 9 }));
  await courier.go();
  expect([courier.fault, courier.online]).toEqual(['slow_down', true]);
});

/** Notices on the page: where one stands, and a subscription that is always the living one. */
import { type Facts, is_for, reach_of, WebPush } from 'client/net/notices';
import { system_of } from 'client/system';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const GOOD: Facts = {
  worker: true,
  push: true,
  permission: 'granted',
  ios: false,
  installed: false,
  wanted: true,
  subscribed: true,
};

test.each<[Partial<Facts>, string]>([
  [{}, 'on'],
  [{ subscribed: false }, 'off'],
  [{ wanted: false }, 'off'],
  [{ permission: 'default' }, 'off'],
  [{ permission: 'denied' }, 'blocked'],
  [{ permission: '' }, 'unsupported'],
  [{ push: false }, 'unsupported'],
  [{ worker: false }, 'unsupported'],
  [{ ios: true, push: false, permission: '' }, 'home_screen'],
  [{ ios: true, installed: true }, 'on'],
  [{ ios: true, installed: true, push: false }, 'unsupported'],
])('%o is %s', (change, reach) => {
  expect(reach_of({ ...GOOD, ...change })).toBe(reach);
});

test.each([
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_4 like Mac OS X) Safari/604.1', 5, 'ios'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.4 Safari/605.1.15', 5, 'ios'],
  ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18.4 Safari/605.1.15', 0, 'desktop'],
  ['Mozilla/5.0 (Linux; Android 15) Chrome/140.0.0.0 Mobile Safari/537.36', 5, 'android'],
  ['Mozilla/5.0 (Android 15; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0', 5, 'firefox_phone'],
  ['Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0', 0, 'firefox'],
  ['Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0.0.0 Safari/537.36', 0, 'desktop'],
])('%s with %i touches is %s', (agent, touches, system) => {
  expect(system_of(agent, touches)).toBe(system);
});

const KEY = 'AQID';
const key = (...bytes: number[]) => new Uint8Array(bytes).buffer;

class Subscription {
  options: { applicationServerKey: ArrayBuffer };
  unsubscribed = false;

  constructor(
    readonly endpoint: string,
    made_for: ArrayBuffer = key(1, 2, 3),
  ) {
    this.options = { applicationServerKey: made_for };
  }

  toJSON() {
    return { endpoint: this.endpoint, keys: { p256dh: 'p', auth: 'a' } };
  }

  async unsubscribe() {
    this.unsubscribed = true;
    return true;
  }
}

describe('a start', () => {
  let current: Subscription | null;
  let subscribed: string;
  let made: number;
  const posted: Record<string, unknown>[] = [];
  const notices = new WebPush(() => true);

  beforeEach(() => {
    current = null;
    subscribed = 'yes';
    made = 0;
    posted.length = 0;
    vi.stubGlobal('caches', { open: async () => ({ keys: async () => [] }) });
    const registration = {
      pushManager: {
        getSubscription: async () => current,
        subscribe: async () => {
          made += 1;
          current = new Subscription('https://push/new');
          return current;
        },
      },
    };
    vi.stubGlobal('navigator', { serviceWorker: { ready: Promise.resolve(registration) } });
    vi.stubGlobal('fetch', async (path: string, how: RequestInit) => {
      if (path === '/push/mine') return Response.json({ key: KEY, subscribed, notices: [] });
      if (path === '/push/subscription') posted.push(JSON.parse(String(how.body)));
      return new Response(null, { status: 204 });
    });
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test('tells the server the subscription that is there', async () => {
    current = new Subscription('https://push/old');
    expect(await notices.renew('kk')).toBe('');
    expect(made).toBe(0);
    expect(posted).toEqual([
      { endpoint: 'https://push/old', p256dh: 'p', auth: 'a', language: 'kk' },
    ]);
  });

  test.each([
    ['there is none', () => null, 'yes'],
    ['it was made for another key', () => new Subscription('https://push/old', key(9)), 'yes'],
    ['the push service refuses it', () => new Subscription('https://push/old'), 'refused'],
  ])('makes a new one where %s', async (_why, before, said) => {
    const old = before();
    current = old;
    subscribed = said;
    expect(await notices.renew('ru')).toBe('');
    expect(old === null || old.unsubscribed).toBe(true);
    expect(posted[0]?.endpoint).toBe('https://push/new');
  });

  test('does not wait for ever for a browser that never answers', async () => {
    vi.useFakeTimers();
    const never = { pushManager: { getSubscription: () => new Promise(() => undefined) } };
    vi.stubGlobal('navigator', { serviceWorker: { ready: Promise.resolve(never) } });
    const renewed = notices.renew('kk');
    await vi.advanceTimersByTimeAsync(20_001);
    expect(await renewed).toBe('not_subscribed');
  });

  test('without a network changes nothing', async () => {
    current = new Subscription('https://push/old', key(9));
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await notices.renew('kk')).toBe('offline');
    expect((current as Subscription).unsubscribed).toBe(false);
  });

  test('asks nobody: only a tap does', async () => {
    const ask = vi.fn(async () => 'denied');
    vi.stubGlobal('Notification', { permission: 'default', requestPermission: ask });
    await notices.renew('kk');
    expect(ask).not.toHaveBeenCalled();
    expect(await notices.turn_on('kk')).toBe('blocked');
    expect(ask).toHaveBeenCalledOnce();
  });

  test('a browser that does not say for which key is believed', () => {
    const silent = { options: {} } as unknown as PushSubscription;
    expect(is_for(silent, KEY)).toBe(true);
  });
});

/** The worker shows a notice for every push, in the language that it names, and says so. */
import { address_of, open, renew, show } from 'client/worker/notices';
import { ALL, sentence } from 'client/worker/sentences';
import { tell, tell_again } from 'client/worker/unheard';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const ORIGIN = 'https://kezek.test';
const RECORD = '019a0000-0000-7000-8000-00000000000a';
const shown: [string, NotificationOptions][] = [];
const asked: { path: string; body: unknown; headers: Record<string, string> }[] = [];
const kept = new Map<string, Response>();
let answer: () => Response | Promise<Response>;
let windows: { url: string; focus(): Promise<void>; postMessage(said: unknown): void }[];
const opened: string[] = [];

beforeEach(() => {
  shown.length = 0;
  asked.length = 0;
  opened.length = 0;
  windows = [];
  kept.clear();
  answer = () => new Response(null, { status: 204 });
  vi.stubGlobal('fetch', async (path: string, how: RequestInit = {}) => {
    const body = how.body ? JSON.parse(String(how.body)) : null;
    asked.push({ path, body, headers: how.headers as Record<string, string> });
    return answer();
  });
  vi.stubGlobal('caches', {
    open: async () => ({
      put: async (path: string, value: Response) => kept.set(new URL(path, ORIGIN).href, value),
      keys: async () => [...kept.keys()].map((url) => ({ url })),
      delete: async ({ url }: { url: string }) => kept.delete(url),
    }),
  });
  vi.stubGlobal('self', {
    location: { origin: ORIGIN },
    registration: {
      showNotification: async (title: string, options: NotificationOptions) =>
        void shown.push([title, options]),
      pushManager: {
        subscribe: async () => ({
          toJSON: () => ({ endpoint: 'https://x', keys: { p256dh: 'p', auth: 'a' } }),
        }),
      },
    },
    clients: {
      matchAll: async () => windows,
      openWindow: async (address: string) => void opened.push(address),
    },
  });
});

afterEach(() => vi.unstubAllGlobals());

function push(said: unknown): PushMessageData {
  return {
    json: () => JSON.parse(typeof said === 'string' ? said : JSON.stringify(said)),
  } as PushMessageData;
}

const CALL = {
  notice: 'n'.repeat(24),
  code: 'backup',
  kind: 'violation',
  record: RECORD,
  tag: 't',
  language: 'kk',
};

describe('a push', () => {
  test.each([
    ['kk', 'Көмек керек'],
    ['ru', 'Нужна помощь'],
    ['en', 'Backup needed'],
    ['xx', 'Көмек керек'],
  ])('in %s is shown as %s, and the server is told', async (language, title) => {
    await show(push({ ...CALL, language }));
    expect(shown[0]?.[0]).toBe(title);
    expect(shown[0]?.[1]).toMatchObject({ tag: 't', requireInteraction: true });
    expect(asked[0]).toMatchObject({
      path: '/push/shown',
      body: { notice: CALL.notice },
      headers: { 'X-Kezek': '1' },
    });
  });

  test.each([
    ['nothing', null],
    ['what is not JSON', push('{')],
    ['a number', push(7)],
    ['a code not known here', push({ code: 'tomorrow', language: 'ru' })],
    ['a code that every object has', push({ code: 'constructor', language: 'toString' })],
    ['something far too long', push({ code: 'x'.repeat(5_000) })],
  ])('that holds %s is shown all the same', async (_what, data) => {
    await show(data);
    expect(shown).toHaveLength(1);
    expect(shown[0]?.[0]).toBe('Kezek');
    expect(shown[0]?.[1].body).toBeTruthy();
    expect(asked).toEqual([]);
  });

  test('comes five times and stands there once', async () => {
    for (let n = 0; n < 5; n += 1) await show(push(CALL));
    expect(new Set(shown.map(([, { tag }]) => tag)).size).toBe(1);
  });

  test('says nothing of anybody', async () => {
    await show(push({ ...CALL, body: 'Асан Үсенов', title: 'Абай 1', text: 'x' }));
    expect(JSON.stringify(shown)).not.toMatch(/Асан|Абай/);
  });
});

describe('what the server has not heard', () => {
  test.each([
    ['there is no network', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['a foreign page answers', () => new Response('<html>', { status: 403 })],
    ['the server is broken', () => new Response('{}', { status: 503 })],
  ])('is kept while %s, and said later', async (_why, broken) => {
    answer = broken;
    await show(push(CALL));
    expect(kept.size).toBe(1);
    answer = () => new Response(null, { status: 204 });
    await tell_again();
    expect(kept.size).toBe(0);
    expect(asked.at(-1)).toMatchObject({ path: '/push/shown', body: { notice: CALL.notice } });
  });

  test('is let go of when the server does not know it', async () => {
    const headers = { 'Content-Type': 'application/json' };
    answer = () => new Response('{"code":"not_found"}', { status: 404, headers });
    await tell('opened', CALL.notice);
    expect(kept.size).toBe(0);
  });
});

describe('the tap', () => {
  const notification = (data: unknown) => {
    const closed = vi.fn();
    return { data, close: closed } as unknown as Notification;
  };

  test('goes to the record in the window that is open', async () => {
    const posted: unknown[] = [];
    const focus = vi.fn(async () => undefined);
    windows = [{ url: `${ORIGIN}/log`, focus, postMessage: (said) => posted.push(said) }];
    const one = notification({ notice: CALL.notice, address: '/shift' });
    await open(one);
    expect(one.close).toHaveBeenCalled();
    expect(focus).toHaveBeenCalled();
    expect(posted).toEqual([{ open: '/shift' }]);
    expect(opened).toEqual([]);
    expect(asked[0]).toMatchObject({ path: '/push/opened', body: { notice: CALL.notice } });
  });

  test('opens a window where there is none', async () => {
    await open(notification({ address: '/#violations?record=r' }));
    expect(opened).toEqual(['/#violations?record=r']);
    await open(notification(null));
    expect(opened.at(-1)).toBe('/');
  });

  test.each([
    ['violation', `/#violations?record=${RECORD}`],
    ['assist', `/#assists?record=${RECORD}`],
    ['shift', '/shift'],
    ['', '/'],
    ['constructor', '/'],
  ])('of a %s leads to %s', (kind, address) => {
    expect(address_of({ kind, record: RECORD })).toBe(address);
  });
});

test('a subscription made void is renewed, in the language that the server knows', async () => {
  answer = () => Response.json({ key: 'k' });
  await renew();
  expect(asked.map(({ path }) => path)).toEqual(['/push/key', '/push/subscription']);
  expect(asked[1]?.body).toEqual({ endpoint: 'https://x', p256dh: 'p', auth: 'a', language: '' });
});

test('every code has its sentence in every language', () => {
  const codes = Object.keys(ALL.ru).sort();
  for (const said of Object.values(ALL)) {
    expect(Object.keys(said).sort()).toEqual(codes);
    for (const texts of Object.values(said)) for (const text of texts) expect(text).toBeTruthy();
  }
  expect(sentence('backup', 'kk')[0]).toBe('Көмек керек');
});

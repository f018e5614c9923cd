/** The worker keeps a whole build of ours, and no page of a foreign network takes its place. */
import { fill, NAME, SHELL, shell, tidy } from 'client/worker/cache';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const kept = new Map<string, Map<string, Response>>();
const OURS = { 'X-Kezek-Shell': '1', 'Content-Type': 'text/html' };

function network(answer: () => Response | Promise<Response>) {
  vi.stubGlobal(
    'fetch',
    vi.fn(async () => answer()),
  );
}

beforeEach(() => {
  kept.clear();
  vi.stubGlobal('caches', {
    keys: async () => [...kept.keys()],
    delete: async (name: string) => kept.delete(name),
    open: async (name: string) => {
      const cache = kept.get(name) ?? new Map<string, Response>();
      kept.set(name, cache);
      return {
        put: async (path: string, answer: Response) => cache.set(path, answer),
        match: async (path: string) => cache.get(path)?.clone(),
      };
    },
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function filled(): Promise<void> {
  network(() => new Response('kept', { headers: OURS }));
  await fill();
}
const seen = async () => (await shell(new Request('http://localhost/log'))).text();

test('a build that is not wholly ours is not kept', async () => {
  network(() => new Response('Log in to the café', { headers: { 'Content-Type': 'text/html' } }));
  await expect(fill()).rejects.toThrow('not ours');
  expect(kept.get(NAME)?.get(SHELL)).toBeUndefined();
});

test('the fresh shell goes first', async () => {
  await filled();
  network(() => new Response('fresh', { headers: OURS }));
  expect(await seen()).toBe('fresh');
});

test.each([
  ['no network', () => Promise.reject(new TypeError('Failed to fetch'))],
  ['a login page', () => new Response('Log in', { headers: { 'Content-Type': 'text/html' } })],
  ['a broken server', () => new Response('', { status: 502, headers: OURS })],
])('with %s the kept shell is shown', async (_name, answer) => {
  await filled();
  network(answer);
  expect(await seen()).toBe('kept');
});

test('a network that does not answer is not waited for', async () => {
  await filled();
  vi.useFakeTimers();
  network(() => new Promise<Response>(() => undefined));
  const shown = seen();
  await vi.advanceTimersByTimeAsync(2_001);
  expect(await shown).toBe('kept');
});

test('builds before this one are let go of, and nothing else', async () => {
  await filled();
  kept.set('kezek-old', new Map());
  kept.set('map-pack', new Map());
  await tidy();
  expect([...kept.keys()].sort()).toEqual(['kezek-test', 'map-pack']);
});

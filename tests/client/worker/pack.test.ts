/** The map comes after the shell, file by file; that it does not come harms nothing. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const SCRIPT = { 'Content-Type': 'text/javascript' };
const cache = new Map<string, Response>();
let full = false;

beforeEach(() => {
  cache.clear();
  full = false;
  vi.resetModules();
  vi.stubGlobal('caches', {
    open: async () => ({
      keys: async () => [...cache.keys()].map((path) => ({ url: `http://localhost${path}` })),
      match: async (path: string) => cache.get(path)?.clone(),
      delete: async (path: string) => cache.delete(path),
      put: async (path: string, answer: Response) => {
        if (full) throw new DOMException('full', 'QuotaExceededError');
        cache.set(path, answer);
      },
    }),
  });
});

afterEach(() => vi.unstubAllGlobals());

function network(answer: (path: string) => Response | Promise<Response>) {
  const fetched = vi.fn(async (path: string) => answer(path));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}
const script = (path: string) => new Response(path, { headers: SCRIPT });
const fresh = () => import('client/worker/pack');
const here = () => [...cache.keys()].sort();

test('what is missing is fetched once, and then no more', async () => {
  const fetched = network(script);
  const { pack } = await fresh();
  await pack(100_000);
  await pack(200_000);
  expect(here()).toEqual(['/static/a.js', '/static/b.js']);
  expect(fetched).toHaveBeenCalledTimes(2);
});

test('a file that does not come leaves the others, and is asked for again after a while', async () => {
  network((path) => (path.endsWith('a.js') ? Promise.reject(new TypeError('x')) : script(path)));
  const { pack } = await fresh();
  await pack(100_000);
  expect(here()).toEqual(['/static/b.js']);
  const fetched = network(script);
  await pack(101_000);
  expect(fetched).not.toHaveBeenCalled();
  await pack(140_000);
  expect(here()).toEqual(['/static/a.js', '/static/b.js']);
});

test('a page of a foreign network is not taken for a file', async () => {
  network(() => new Response('Log in', { headers: { 'Content-Type': 'text/html' } }));
  await (await fresh()).pack(100_000);
  expect(here()).toEqual([]);
});

test('files of the build before go when those of this one are all here', async () => {
  cache.set('/static/old.js', new Response('old'));
  network((path) => (path.endsWith('a.js') ? new Response('', { status: 502 }) : script(path)));
  const { pack } = await fresh();
  await pack(100_000);
  expect(here()).toContain('/static/old.js');
  network(script);
  await pack(200_000);
  expect(here()).toEqual(['/static/a.js', '/static/b.js']);
});

test('what the page itself asks for first is kept, and found without a network', async () => {
  network(script);
  const { packed } = await fresh();
  await packed('/static/a.js');
  network(() => Promise.reject(new TypeError('offline')));
  expect(await (await packed('/static/a.js'))?.text()).toBe('/static/a.js');
  expect(await packed('/static/other.js')).toBeUndefined();
});

test('a full phone still gets the file, it only does not keep it', async () => {
  full = true;
  network(script);
  const { pack, packed } = await fresh();
  await pack(100_000);
  expect(await (await packed('/static/b.js'))?.text()).toBe('/static/b.js');
  expect(here()).toEqual([]);
});

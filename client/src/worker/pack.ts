/** What comes after the shell: the map, and whatever else is loaded only when it is wanted. */

declare const __PACK__: string[];

export const PACK = 'pack';
const AGAIN_MS = 30_000;

let whole = false;
let tried = 0;
let running: Promise<void> | null = null;

/**
 * Fetch the files that are not here yet, one after another: the line belongs to people's records.
 *
 * One that does not come is left for another time. Nothing waits for this but the worker's end.
 */
export function pack(now = Date.now()): Promise<void> {
  if (running) return running;
  if (whole || now - tried < AGAIN_MS) return Promise.resolve();
  tried = now;
  running = gather().finally(() => {
    running = null;
  });
  return running;
}

/** A file of the pack that is here, or the network's, which is then kept. */
export async function packed(path: string): Promise<Response | undefined> {
  if (!__PACK__.includes(path)) return undefined;
  const cache = await caches.open(PACK);
  return (await cache.match(path)) ?? (await fetched(cache, path));
}

export function is_file(answer: Response): boolean {
  const type = answer.headers.get('Content-Type') ?? '';
  return answer.ok && !answer.redirected && !type.includes('html');
}

async function gather(): Promise<void> {
  const cache = await caches.open(PACK);
  const here = (await cache.keys()).map(({ url }) => new URL(url).pathname);
  let missing = 0;
  for (const path of __PACK__.filter((wanted) => !here.includes(wanted))) {
    const answer = await fetched(cache, path).catch(() => null);
    if (!answer || !is_file(answer)) missing += 1;
  }
  whole = missing === 0;
  // The last build's files go only when this one's are all here.
  const old = whole ? here.filter((path) => !__PACK__.includes(path)) : [];
  for (const path of old) await cache.delete(path);
}

async function fetched(cache: Cache, path: string): Promise<Response> {
  const answer = await fetch(path);
  // A full phone goes without the map, not without its records.
  if (is_file(answer)) await cache.put(path, answer.clone()).catch(() => undefined);
  return answer;
}

/** What the worker keeps: this build's files and its shell, whole or not at all. */

import { is_file, packed } from './pack';

declare const __PRECACHE__: string[];
declare const __BUILD__: string;

export const NAME = `kezek-${__BUILD__}`;
export const SHELL = '/';
const PATIENCE_MS = 2_000;

/** Fetch the whole build; where one file is not ours, nothing is kept and the old build goes on. */
export async function fill(): Promise<void> {
  const answers = await Promise.all(
    [SHELL, ...__PRECACHE__].map(async (path) => {
      const answer = await fetch(path, { cache: path === SHELL ? 'reload' : 'default' });
      const ours = path === SHELL ? is_shell(answer) : is_file(answer);
      if (!ours) throw new Error(`not ours: ${path}`);
      return { path, answer };
    }),
  );
  const cache = await caches.open(NAME);
  for (const { path, answer } of answers) await cache.put(path, answer);
}

/** Let go of the builds before this one. */
export async function tidy(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith('kezek-') && name !== NAME) await caches.delete(name);
  }
}

/** The shell as the server has it now, if that comes soon and is ours; else the kept one. */
export async function shell(request: Request): Promise<Response> {
  const fresh = await soon(request);
  if (fresh && is_shell(fresh)) return fresh;
  return (await kept(SHELL)) ?? fresh ?? Response.error();
}

/** A file whose name changes with what is in it: the kept one is the right one. */
export async function file(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  return (await kept(pathname)) ?? (await packed(pathname)) ?? fetch(request);
}

/** A foreign network's page may come under our address, but not with our header. */
export function is_shell(answer: Response): boolean {
  return answer.ok && !answer.redirected && answer.headers.get('X-Kezek-Shell') === '1';
}

async function soon(request: Request): Promise<Response | null> {
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), PATIENCE_MS));
  const answer = fetch(request).catch(() => null);
  return Promise.race([answer, late]);
}

async function kept(path: string): Promise<Response | undefined> {
  return (await caches.open(NAME)).match(path);
}

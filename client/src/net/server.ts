/** The server's routes, one function each. What is not plainly the server's answer is no answer. */
import type { Me, Reply } from '../port';

export type { Reply } from '../port';

const OFFLINE = { is: 'offline' } as const;
const PATIENCE_MS = 30_000;
const LINES = 'application/x-ndjson';
const JSON_TYPE = 'application/json';

export function sign_in(login: string, password: string, device: string): Promise<Reply<Me>> {
  const body = JSON.stringify({ login, password, device });
  return ask('/sign-in', { method: 'POST', body, headers: { 'Content-Type': JSON_TYPE } }, read_me);
}

export function sign_out(): Promise<Reply<null>> {
  return ask('/sign-out', { method: 'POST' }, async () => null);
}

export function me(): Promise<Reply<Me>> {
  return ask('/me', {}, read_me);
}

/** One exchange: lines there, lines back. */
export function exchange(message: string): Promise<Reply<string>> {
  const headers = { 'Content-Type': LINES };
  return ask('/sync', { method: 'POST', body: message, headers }, async (response) =>
    is_of(response, LINES) ? response.text() : undefined,
  );
}

/** A stream of hints that is being listened to. */
export interface Stream {
  close(): void;
}

/** Hints that something moved, and a beat every five seconds; after a loss it comes back by itself. */
export function stream(hear: { opened(): void; moved(): void; beat(): void }): Stream {
  const source = new EventSource('/live');
  source.addEventListener('open', hear.opened);
  source.addEventListener('moved', hear.moved);
  source.addEventListener('beat', hear.beat);
  return source;
}

/** `read` answers undefined where the response is not what the server would say. */
export async function ask<T>(
  path: string,
  how: RequestInit,
  read: (response: Response) => Promise<T | undefined>,
): Promise<Reply<T>> {
  try {
    const response = await fetch(path, {
      ...how,
      headers: { ...how.headers, 'X-Kezek': '1' },
      cache: 'no-store',
      credentials: 'same-origin',
      // A login page of somebody's network comes by redirection.
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (!response.ok) return await fault(response);
    const value = await read(response);
    return value === undefined ? OFFLINE : { is: 'answer', value };
  } catch {
    return OFFLINE;
  }
}

async function fault(response: Response): Promise<Reply<never>> {
  if (!is_of(response, JSON_TYPE)) return OFFLINE;
  const said: unknown = await response.json();
  const code = member(said, 'code');
  const wait = Number(response.headers.get('Retry-After')) || 0;
  return code === '' ? OFFLINE : { is: 'fault', code, wait };
}

async function read_me(response: Response): Promise<Me | undefined> {
  if (!is_of(response, JSON_TYPE)) return undefined;
  const said: unknown = await response.json();
  const names = ['person', 'name', 'role', 'district', 'formation', 'device'] as const;
  const [person, name, role, district, formation, device] = names.map((n) => member(said, n));
  if (!person || !role || !device) return undefined;
  return {
    person,
    name: name ?? '',
    role,
    district: district ?? '',
    formation: formation ?? '',
    device,
  };
}

function is_of(response: Response, type: string): boolean {
  return (response.headers.get('Content-Type') ?? '').split(';')[0]?.trim() === type;
}

function member(said: unknown, name: string): string {
  if (typeof said !== 'object' || said === null) return '';
  const value: unknown = Reflect.get(said, name);
  return typeof value === 'string' ? value : '';
}

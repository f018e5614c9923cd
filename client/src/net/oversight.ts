/** The routes by which records are read one by one: each look is logged before it is answered. */
import type { Accesses, History, Opened, Reply } from '../port';
import type { Purpose } from '../sync/contract.gen';
import { ask } from './server';

export function revisions(kind: string, id: string, before: number): Promise<Reply<History>> {
  return ask(`/records/${kind}/${id}/revisions?before=${before}`, {}, read<History>('revisions'));
}

/** The answer is somebody's personal data: it is shown and let go of, never kept. */
export function open(
  kind: string,
  id: string,
  purpose: Purpose,
  words: string,
): Promise<Reply<Opened>> {
  const body = JSON.stringify({ purpose, words });
  const headers = { 'Content-Type': 'application/json' };
  const how = { method: 'POST', body, headers };
  return ask(`/records/${kind}/${id}/open`, how, read<Opened>('body'));
}

export async function subjects(violation: string): Promise<Reply<string[]>> {
  const known = read<{ subjects: string[] }>('subjects');
  const reply = await ask(`/records/violation/${violation}/subjects`, {}, known);
  return reply.is === 'answer' ? { is: 'answer', value: reply.value.subjects } : reply;
}

export function accesses(before: number): Promise<Reply<Accesses>> {
  return ask(`/oversight/accesses?before=${before}`, {}, read<Accesses>('accesses'));
}

export function mine(before: number): Promise<Reply<Accesses>> {
  return ask(`/oversight/mine?before=${before}`, {}, read<Accesses>('accesses'));
}

/** JSON that has what was asked for; anything else is not the server's answer. */
function read<T>(member: string): (response: Response) => Promise<T | undefined> {
  return async (response) => {
    const type = response.headers.get('Content-Type') ?? '';
    if (!type.startsWith('application/json')) return undefined;
    const said: unknown = await response.json();
    const whole = typeof said === 'object' && said !== null && member in said;
    return whole ? (said as T) : undefined;
  };
}

/** Notices as the page sees to them: the permission, the subscription, and the way round of a test. */
import type { Mine, Notices, Reach, Reply } from '../port';
import { installed, system } from '../system';
import { tell_again } from '../worker/unheard';
import { ask } from './server';

/** `subscribe` may never settle, and there may never be a worker. */
const PATIENCE_MS = 20_000;
const JSON_TYPE = 'application/json';

/** What the page can know of its browser without asking anybody. */
export interface Facts {
  worker: boolean;
  push: boolean;
  permission: NotificationPermission | '';
  ios: boolean;
  installed: boolean;
  wanted: boolean;
  subscribed: boolean;
}

/** Where a person stands, and so what he can do about it. */
export function reach_of(facts: Facts): Reach {
  // On iOS web push is there only for an app on the home screen (16.4 and later).
  if (facts.ios && !facts.installed) return 'home_screen';
  if (!facts.worker || !facts.push || facts.permission === '') return 'unsupported';
  if (facts.permission === 'denied') return 'blocked';
  return facts.permission === 'granted' && facts.wanted && facts.subscribed ? 'on' : 'off';
}

/** `wanted`: whether the person has not turned them off. */
export class WebPush implements Notices {
  constructor(private readonly wanted: () => boolean) {}

  async reach(): Promise<Reach> {
    const worker = 'serviceWorker' in navigator;
    const push = 'PushManager' in globalThis;
    const permission: Facts['permission'] =
      'Notification' in globalThis ? Notification.permission : '';
    const facts = { worker, push, permission, ios: system() === 'ios', installed: installed() };
    const there = permission === 'granted' ? await subscription().catch(() => null) : null;
    return reach_of({ ...facts, wanted: this.wanted(), subscribed: there !== null });
  }

  /** To be called by a tap, and by nothing else. */
  async turn_on(language: string): Promise<string> {
    if ((await Notification.requestPermission()) !== 'granted') return 'blocked';
    return this.renew(language);
  }

  async turn_off(): Promise<void> {
    await ask('/push/unsubscribe', { method: 'POST' }, async () => null);
    await this.forget();
  }

  /** This browser is told nothing any more, whatever the server knows. */
  async forget(): Promise<void> {
    await subscription()
      .then((one) => one?.unsubscribe())
      .catch(() => undefined);
  }

  /** The subscription as it should be, here and at the server. Answers '' or a code. */
  async renew(language: string): Promise<string> {
    void tell_again().catch(() => undefined);
    const mine = await this.mine();
    if (mine.is !== 'answer') return mine.is === 'fault' ? mine.code : 'offline';
    try {
      const { key, subscribed } = mine.value;
      const kept = await subscription();
      const good = kept && subscribed !== 'refused' && is_for(kept, key);
      if (kept && !good) await kept.unsubscribe();
      const current = good ? kept : await subscribed_anew(key);
      const { endpoint, keys } = current.toJSON();
      const said = { endpoint, p256dh: keys?.p256dh, auth: keys?.auth, language };
      const reply = await post('/push/subscription', said, async () => null);
      return reply.is === 'fault' ? reply.code : reply.is === 'offline' ? 'offline' : '';
    } catch {
      return 'not_subscribed';
    }
  }

  mine(): Promise<Reply<Mine>> {
    return ask('/push/mine', {}, read<Mine>('notices'));
  }

  async test(): Promise<Reply<string>> {
    const reply = await ask('/push/test', { method: 'POST' }, read<{ notice: string }>('notice'));
    return reply.is === 'answer' ? { is: 'answer', value: reply.value.notice } : reply;
  }
}

async function subscription(): Promise<PushSubscription | null> {
  const registration = await soon(navigator.serviceWorker.ready);
  return soon(registration.pushManager.getSubscription());
}

async function subscribed_anew(key: string): Promise<PushSubscription> {
  const registration = await soon(navigator.serviceWorker.ready);
  return soon(
    registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }),
  );
}

/** Whether it was made for this server's key; a browser that does not say is believed. */
export function is_for(one: PushSubscription, key: string): boolean {
  const made = one.options?.applicationServerKey;
  if (!made) return true;
  const text = btoa(String.fromCharCode(...new Uint8Array(made)));
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '') === key;
}

function soon<T>(work: Promise<T>): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('late')), PATIENCE_MS);
  });
  return Promise.race([work, late]);
}

function post<T>(
  path: string,
  said: unknown,
  read: (response: Response) => Promise<T | undefined>,
): Promise<Reply<T>> {
  const how = {
    method: 'POST',
    body: JSON.stringify(said),
    headers: { 'Content-Type': JSON_TYPE },
  };
  return ask(path, how, read);
}

/** JSON that has what was asked for; anything else is not the server's answer. */
function read<T>(member: string): (response: Response) => Promise<T | undefined> {
  return async (response) => {
    if (!(response.headers.get('Content-Type') ?? '').startsWith(JSON_TYPE)) return undefined;
    const said: unknown = await response.json();
    return typeof said === 'object' && said !== null && member in said ? (said as T) : undefined;
  };
}

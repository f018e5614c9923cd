/// <reference lib="webworker" />
/** Notices: each push is shown, whatever it holds, and the server is told that it was. */
import { sentence } from './sentences';
import { tell, tell_again } from './unheard';

declare const self: ServiceWorkerGlobalScope;

const ICON = '/static/icons/kezek-192.png';
const BADGE = '/static/icons/kezek-maskable-512.png';
const LONGEST = 60;
const ROOMS = new Map([
  ['violation', 'violations'],
  ['assist', 'assists'],
]);

/** What a push may say; what is missing or odd is ''. */
interface Said {
  notice: string;
  code: string;
  kind: string;
  record: string;
  tag: string;
  language: string;
}

/** What is kept with a notice that is shown, for the tap. */
interface Kept {
  notice: string;
  address: string;
}

/** A browser that sees a push and no notice takes the permission away. */
export async function show(data: PushMessageData | null): Promise<void> {
  const said = read(data);
  const [title, body] = sentence(said.code, said.language);
  const kept: Kept = { notice: said.notice, address: address_of(said) };
  const urgent = said.code === 'backup';
  await self.registration.showNotification(title, {
    body,
    lang: said.language || 'kk',
    tag: said.tag || 'kezek',
    icon: ICON,
    badge: BADGE,
    data: kept,
    requireInteraction: urgent,
    // The second of the same matter replaces the first, and makes itself heard.
    ...{ renotify: true, timestamp: Date.now() },
  });
  if (said.notice) await tell('shown', said.notice);
  await tell_again();
}

/** Where the record is seen, as an address of ours: a room of the desk, or the phone's own shift. */
export function address_of({ kind, record }: Pick<Said, 'kind' | 'record'>): string {
  if (kind === 'shift') return '/shift';
  const room = ROOMS.get(kind);
  return room ? `/#${room}?record=${record}` : '/';
}

/** The tap: an open window shows the record; where there is none, one is opened. */
export async function open(notification: Notification): Promise<void> {
  const kept = (notification.data ?? {}) as Partial<Kept>;
  const address = kept.address ?? '/';
  notification.close();
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  const [window] = windows.filter(({ url }) => new URL(url).origin === self.location.origin);
  if (window) {
    await window.focus().catch(() => undefined);
    window.postMessage({ open: address });
  } else {
    await self.clients.openWindow(address);
  }
  if (kept.notice) await tell('opened', kept.notice);
}

/** The browser has made the subscription void: a new one goes to the server if somebody is signed in. */
export async function renew(): Promise<void> {
  const response = await fetch('/push/key', { headers: { 'X-Kezek': '1' }, redirect: 'error' });
  const { key } = (await response.json()) as { key: string };
  const subscription = await self.registration.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: key,
  });
  const { endpoint, keys } = subscription.toJSON();
  // Its language is known to the server from the last time.
  await fetch('/push/subscription', {
    method: 'POST',
    body: JSON.stringify({ endpoint, p256dh: keys?.p256dh, auth: keys?.auth, language: '' }),
    headers: { 'Content-Type': 'application/json', 'X-Kezek': '1' },
    credentials: 'same-origin',
    redirect: 'error',
  });
}

function read(data: PushMessageData | null): Said {
  let said: unknown;
  try {
    said = data?.json();
  } catch {
    said = null; // not ours, or cut: it is shown all the same
  }
  const of = (name: string): string => {
    const value: unknown =
      typeof said === 'object' && said !== null ? Reflect.get(said, name) : undefined;
    return typeof value === 'string' && value.length <= LONGEST && /^[\w-]*$/.test(value)
      ? value
      : '';
  };
  return {
    notice: of('notice'),
    code: of('code'),
    kind: of('kind'),
    record: of('record'),
    tag: of('tag'),
    language: of('language'),
  };
}

/// <reference lib="webworker" />
/** The service worker: it keeps the application at hand, and never what people write in it. */
import { file, fill, shell, tidy } from './cache';
import * as notices from './notices';
import { pack } from './pack';

declare const self: ServiceWorkerGlobalScope;

self.addEventListener('install', (event) => event.waitUntil(fill()));

self.addEventListener('activate', (event) =>
  event.waitUntil(tidy().then(() => self.clients.claim())),
);

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(shell(request));
  else if (pathname.startsWith('/static/')) event.respondWith(file(request));
  // Not while it installs or activates: the shell is not kept waiting for the map.
  event.waitUntil(pack());
});

self.addEventListener('push', (event) => event.waitUntil(notices.show(event.data)));

self.addEventListener('notificationclick', (event) =>
  event.waitUntil(notices.open(event.notification)),
);

// Offline, or with nobody signed in, it fails: the app does the same at its next start.
self.addEventListener('pushsubscriptionchange', (event) =>
  (event as ExtendableEvent).waitUntil(notices.renew().catch(() => undefined)),
);

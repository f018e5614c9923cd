/// <reference lib="webworker" />
/** The service worker: it keeps the application at hand, and never what people write in it. */
import { file, fill, shell, tidy } from './cache';

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
});

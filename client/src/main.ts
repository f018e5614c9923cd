/** The phone begins here: dress the page, open the app, mount the frame, keep the worker. */

import './tokens.css';
import { open_app } from './app';
import { await_arrivals } from './arrivals';
import { dress } from './night';
import './screens/field';
import { know } from './words';

async function begin(): Promise<void> {
  dress('auto', Date.now()); // Before the app is open, so that a night start does not flash white.
  const app = await open_app();
  await know(app.setting('language'));
  const field = document.createElement('kezek-field');
  field.app = app;
  const place = document.querySelector('kezek-app');
  if (place) place.replaceWith(field);
  else document.body.append(field);
}

/** Without a worker (a plain address on a LAN) the app still works, only not from a cold start. */
async function keep_worker(): Promise<void> {
  if (!('serviceWorker' in navigator)) return;
  await navigator.serviceWorker
    .register('/sw.js', { scope: '/', updateViaCache: 'none' })
    .catch(() => undefined);
}

await_arrivals();
void begin();
void keep_worker();

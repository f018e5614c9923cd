/** What the server has not heard yet of notices shown and opened: kept until it has. */

const KEPT = 'unheard';
/** An answer below 500 is the server's last word: it knows the notice, or never will. */
const LAST_WORD = 500;

export type Deed = 'shown' | 'opened';

/** Say to the server what became of a notice; where there is no way, it is said another time. */
export async function tell(deed: Deed, notice: string): Promise<void> {
  const address = `/push/${deed}`;
  if (await said(address, notice)) return;
  const cache = await caches.open(KEPT);
  await cache.put(`${address}?${notice}`, new Response(notice));
}

/** Say what has not been heard. */
export async function tell_again(): Promise<void> {
  const cache = await caches.open(KEPT);
  for (const request of await cache.keys()) {
    const { pathname, search } = new URL(request.url);
    if (!(await said(pathname, search.slice(1)))) return;
    await cache.delete(request);
  }
}

async function said(address: string, notice: string): Promise<boolean> {
  try {
    const response = await fetch(address, {
      method: 'POST',
      body: JSON.stringify({ notice }),
      headers: { 'Content-Type': 'application/json', 'X-Kezek': '1' },
      credentials: 'same-origin',
      redirect: 'error',
      // A phone that falls asleep again must have done with it.
      keepalive: true,
    });
    return response.ok || (response.status < LAST_WORD && is_ours(response));
  } catch {
    return false;
  }
}

/** A foreign network's page has other words for no. */
function is_ours(response: Response): boolean {
  return (response.headers.get('Content-Type') ?? '').startsWith('application/json');
}

/** What comes to the page from outside: the browser's offer to install it, and a notice's tap. */

/** Chrome's own event, which is in no standard. */
interface InstallOffer extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

let offer: InstallOffer | null = null;

/** Listen from the very start: the offer comes once and early. */
export function await_arrivals(): void {
  addEventListener('beforeinstallprompt', (event) => {
    event.preventDefault();
    offer = event as InstallOffer;
  });
  addEventListener('appinstalled', () => {
    offer = null;
  });
  navigator.serviceWorker?.addEventListener('message', ({ data }) => {
    const address: unknown = data?.open;
    if (typeof address !== 'string' || !address.startsWith('/')) return;
    history.pushState(null, '', address);
    dispatchEvent(new PopStateEvent('popstate'));
  });
}

export function can_install(): boolean {
  return offer !== null;
}

/** To be called by a tap. */
export async function install(): Promise<boolean> {
  const answer = await offer?.prompt();
  offer = null;
  return answer?.outcome === 'accepted';
}

/** Notices for whoever is signed in. Their part is loaded when it is first needed. */
import type { Notices, Setting } from './port';

export class Reaching {
  #part: Promise<Notices> | null = null;

  constructor(private readonly setting: (name: Setting) => string) {}

  part(): Promise<Notices> {
    this.#part ??= this.#load().catch((error: unknown) => {
      this.#part = null;
      throw error;
    });
    return this.#part;
  }

  /** At each start: subscriptions die without a word, and the server must have the living one. */
  renew(): void {
    if (granted() && this.setting('notices') !== 'off')
      this.#quietly((notices) => notices.renew(this.setting('language')));
  }

  /** Whoever comes next in this browser is not told what was meant for another. */
  leave(): void {
    if (granted()) this.#quietly((notices) => notices.forget());
  }

  async #load(): Promise<Notices> {
    const { WebPush } = await import('./net/notices');
    return new WebPush(() => this.setting('notices') !== 'off');
  }

  #quietly(deed: (notices: Notices) => Promise<unknown>): void {
    void this.part()
      .then(deed)
      .catch(() => undefined);
  }
}

function granted(): boolean {
  return globalThis.Notification?.permission === 'granted';
}

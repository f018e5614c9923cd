/** Keeps what is typed: written within 200 ms of a keystroke, and at once when the page is left. */

import type { App, Draft } from '../port';

const PAUSE = 200;

export class DraftKeeper {
  /** When the draft was last durably kept; 0 = not yet. */
  saved = 0;
  failed = false;

  #timer = 0;
  #waiting: Record<string, unknown> | null = null;

  constructor(
    private readonly app: App,
    private readonly kind: Draft['kind'],
    private readonly kept: () => void,
  ) {}

  /** The timer is not put off by the next keystroke: fast typing must not postpone saving. */
  keep(fields: object) {
    this.#waiting = { ...fields };
    if (this.#timer === 0) this.#timer = window.setTimeout(() => void this.flush(), PAUSE);
  }

  async flush() {
    window.clearTimeout(this.#timer);
    this.#timer = 0;
    const fields = this.#waiting;
    this.#waiting = null;
    if (!fields) return;
    const saved = this.app.now();
    try {
      await this.app.keep_draft({ kind: this.kind, fields, saved });
      this.saved = saved;
      this.failed = false;
    } catch {
      this.failed = true; // The form is still on the screen; the head of the screen says so.
    }
    this.kept();
  }

  async drop() {
    window.clearTimeout(this.#timer);
    this.#timer = 0;
    this.#waiting = null;
    this.saved = 0;
    await this.app.drop_draft(this.kind).catch(() => undefined);
  }

  /** The fields of the draft laid over a blank form; what does not fit the form is left out. */
  async restore<F extends object>(blank: F): Promise<F> {
    const draft = await this.app.draft(this.kind).catch(() => null);
    if (!draft) return blank;
    this.saved = draft.saved;
    const known = Object.entries(draft.fields).filter(([name, value]) => fits(blank, name, value));
    return { ...blank, ...Object.fromEntries(known) };
  }
}

function fits(blank: object, name: string, value: unknown): boolean {
  if (!(name in blank)) return false;
  const model = (blank as Record<string, unknown>)[name];
  return model === null
    ? value === null || typeof value === 'number'
    : typeof value === typeof model;
}

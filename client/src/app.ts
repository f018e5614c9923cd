/** The application as the screens know it: the one way from the face to the store and the net. */
import { uuid7 } from './ids';
import { assist_letters, shift_at, violation_letters } from './letters';
import { listen } from './net/occasions';
import * as server from './net/server';
import { Pocket } from './pocket';
import type { App, Draft, Kept, Me, Place, Sent, Setting, Truth } from './port';
import { Home, type Resident } from './store/home';
import type { Shift } from './sync/contract.gen';
import { where } from './where';

const MINUTE_MS = 60_000;
const ATTENTION: readonly string[] = ['parked', 'rejected', 'disputed'];

export type Server = Pick<typeof server, 'sign_in' | 'sign_out' | 'exchange'>;
type Occasions = typeof listen;

export function open_app(): Promise<App> {
  return Kezek.open(server, listen);
}

export class Kezek extends EventTarget implements App {
  #pocket: Pocket | null = null;
  #deaf: () => void = () => undefined;
  #persisted: boolean | null = null;
  #told = false;
  readonly #channel = new BroadcastChannel('kezek');
  readonly #minute = setInterval(() => void this.#pocket?.look().catch(() => undefined), MINUTE_MS);

  private constructor(
    private readonly home: Home,
    private readonly server: Server,
    private readonly occasions: Occasions,
  ) {
    super();
    this.#channel.onmessage = () => void this.#moved();
  }

  /** Everything is there afterwards, with or without a network. */
  static async open(server: Server, occasions: Occasions): Promise<Kezek> {
    const app = new Kezek(await Home.open(), server, occasions);
    await app.#settle();
    await app.#take_leave();
    const persist = globalThis.navigator?.storage?.persist?.();
    persist?.then((granted) => app.#persistence(granted)).catch(() => undefined);
    return app;
  }

  me(): Me | null {
    return this.home.current();
  }

  /**
   * A device belongs to one person for ever: it is named at his first sign-in here, and his
   * letters go on under that name after any sign-in that follows.
   */
  async sign_in(login: string, password: string): Promise<string> {
    const name = login.trim().toLowerCase();
    const device = this.home.known(name)?.device ?? uuid7();
    const reply = await this.server.sign_in(login, password, device);
    if (reply.is !== 'answer') return code_of(reply);
    const pocket = await this.#open(reply.value.person, device);
    const kept = pocket.store.state.device;
    if (kept !== reply.value.device) {
      // The same person by another login: his letters stand under the name that he has here.
      const again = await this.server.sign_in(login, password, kept);
      if (again.is !== 'answer') {
        pocket.close();
        return code_of(again);
      }
    }
    await this.home.arrive({ ...reply.value, device: kept, login: name });
    this.#enter(pocket);
    this.#channel.postMessage('arrived');
    return '';
  }

  /** Records go at once; letters that were not handed in stay until their author is back. */
  async sign_out(): Promise<void> {
    await this.#pocket?.release(Number.MAX_SAFE_INTEGER);
    this.#enter(null);
    await this.home.leave();
    this.#channel.postMessage('left');
    this.#changed();
    await this.#take_leave();
  }

  truth(): Truth {
    const courier = this.#pocket?.courier;
    const states = this.outbox().map((letter) => letter.state);
    return {
      online: courier ? courier.online : globalThis.navigator?.onLine !== false,
      waiting: states.filter((state) => state === 'waiting' || state === 'sent').length,
      attention: states.filter((state) => ATTENTION.includes(state)).length,
      as_of: this.#pocket?.as_of ?? 0,
      exchanging: courier?.exchanging ?? false,
      persisted: this.#persisted,
      fault: courier?.fault ?? '',
    };
  }

  shift(): Kept<Shift> | null {
    const me = this.me();
    return me ? shift_at(this.all<Shift>('shift'), me.person, this.now()) : null;
  }

  record<B>(kind: string, id: string): Kept<B> | null {
    return this.#pocket?.record<B>(kind, id) ?? null;
  }

  all<B>(kind: string): Kept<B>[] {
    return this.#pocket?.all<B>(kind) ?? [];
  }

  outbox(): Sent[] {
    return this.#pocket?.outbox() ?? [];
  }

  async save(
    kind: 'violation' | 'assist',
    body: Record<string, unknown>,
    subject?: Record<string, unknown>,
  ): Promise<string> {
    const me = this.me();
    const pocket = this.#signed_in();
    if (!me) throw new Error('not_signed_in');
    const at = { me, shift: this.shift(), new_id: uuid7 };
    const drafts =
      kind === 'assist' ? assist_letters(body, at) : violation_letters(body, subject ?? null, at);
    await pocket.write(drafts);
    void pocket.courier.go();
    return drafts[0]?.id ?? '';
  }

  async draft(kind: 'violation' | 'assist'): Promise<Draft | null> {
    return (await this.#pocket?.store.draft<Draft>(kind)) ?? null;
  }

  async keep_draft(draft: Draft): Promise<void> {
    await this.#pocket?.store.keep_draft(draft);
  }

  async drop_draft(kind: 'violation' | 'assist'): Promise<void> {
    await this.#pocket?.store.drop_draft(kind);
  }

  where(): Promise<Place | null> {
    return where();
  }

  exchange(): void {
    void this.#pocket?.courier.go();
  }

  async export_outbox(): Promise<Blob> {
    return this.#signed_in().file();
  }

  now(): number {
    return this.#pocket?.clock.now() ?? Date.now();
  }

  setting(name: Setting): string {
    return this.home.setting(name);
  }

  set_setting(name: Setting, value: string): void {
    this.home.set_setting(name, value).catch(() => undefined);
    this.#changed();
  }

  /** Let go of everything: for a tab that ends, and for tests. */
  close(): void {
    clearInterval(this.#minute);
    this.#channel.close();
    this.#enter(null);
    this.home.close();
  }

  #signed_in(): Pocket {
    if (!this.#pocket) throw new Error('not_signed_in');
    return this.#pocket;
  }

  #open(person: string, device: string): Promise<Pocket> {
    return Pocket.open(person, device, this.server, () => this.#changed());
  }

  #enter(pocket: Pocket | null): void {
    this.#deaf();
    this.#pocket?.close();
    this.#pocket = pocket;
    this.#deaf = pocket ? this.occasions(pocket.courier, () => this.#changed()) : () => undefined;
    void pocket?.courier.go();
    this.#changed();
  }

  /** Open the replica of whoever is signed in on this device. */
  async #settle(): Promise<void> {
    const resident: Resident | null = this.home.current();
    if (this.#pocket?.store.person === resident?.person) return;
    this.#enter(resident ? await this.#open(resident.person, resident.device) : null);
  }

  /** Somebody came or went in another tab. */
  async #moved(): Promise<void> {
    await this.home.look();
    await this.#settle();
    this.#changed();
  }

  async #take_leave(): Promise<void> {
    if (!this.home.leaving() || this.home.current()) return;
    const reply = await this.server.sign_out();
    if (reply.is !== 'offline') await this.home.left();
  }

  #persistence(granted: boolean): void {
    this.#persisted = granted;
    this.#changed();
  }

  /** Several changes of one moment are told once. */
  #changed(): void {
    if (this.#told) return;
    this.#told = true;
    queueMicrotask(() => {
      this.#told = false;
      this.dispatchEvent(new Event('changed'));
    });
  }
}

function code_of(reply: { is: 'fault'; code: string } | { is: 'offline' }): string {
  return reply.is === 'fault' ? reply.code : 'offline';
}

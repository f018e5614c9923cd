/** The application as the screens know it: the one way from the face to the store and the net. */
import { Author } from './author';
import { uuid7 } from './ids';
import { shift_at } from './letters';
import { listen } from './net/occasions';
import * as oversight from './net/oversight';
import * as server from './net/server';
import { Pocket } from './pocket';
import type {
  App,
  Concern,
  Draft,
  Kept,
  Logged,
  Me,
  Notices,
  Oversight,
  Place,
  Sent,
  Setting,
  Sides,
  Truth,
} from './port';
import { Reaching } from './reaching';
import { Home, type Resident } from './store/home';
import type { Body, KindName, Shift } from './sync/contract.gen';
import { where } from './where';

const MINUTE_MS = 60_000;
const NOTHING: Sides = { mine: null, theirs: null, copied: false };

export type Server = Pick<typeof server, 'sign_in' | 'sign_out' | 'exchange'>;
type Occasions = typeof listen;

export function open_app(): Promise<App> {
  return Kezek.open(server, listen);
}

export class Kezek extends EventTarget implements App {
  readonly oversight: Oversight = oversight;
  readonly #reaching = new Reaching((name) => this.setting(name));
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
    this.#reaching.leave();
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
      attention: this.concerns().filter(({ left }) => !left).length,
      as_of: this.#pocket?.as_of ?? 0,
      exchanging: courier?.exchanging ?? false,
      caught_up: courier?.caught_up ?? false,
      silent: courier?.pulse.silent() ?? false,
      heard: this.#pocket?.heard_at ?? 0,
      records: this.#pocket?.store.records.size ?? 0,
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

  all<B>(kind: string): readonly Kept<B>[] {
    return this.#pocket?.all<B>(kind) ?? [];
  }

  outbox(): Sent[] {
    return this.#pocket?.outbox() ?? [];
  }

  async save(
    kind: Logged,
    body: Record<string, unknown>,
    subject?: Record<string, unknown>,
  ): Promise<string> {
    return this.#author().save(kind, body, subject ?? null);
  }

  async amend(
    kind: Logged,
    id: string,
    body: Record<string, unknown>,
    subject?: Record<string, unknown>,
  ): Promise<string> {
    return this.#author().amend(kind, id, body, subject ?? null);
  }

  async leave(kind: string, id: string, left: boolean): Promise<void> {
    return this.#author().leave(kind, id, left);
  }

  async change(kind: KindName, id: string, set: Body): Promise<void> {
    const pocket = this.#signed_in();
    await pocket.write([{ kind, id, set }]);
    void pocket.courier.go();
  }

  concerns(): Concern[] {
    return this.#pocket?.concerns() ?? [];
  }

  sides(kind: string, id: string): Sides {
    return this.#pocket?.sides(`${kind}/${id}`) ?? NOTHING;
  }

  subject_of(violation: string): string {
    return this.#pocket?.subject_of(violation) ?? '';
  }

  async draft(kind: Draft['kind']): Promise<Draft | null> {
    return (await this.#pocket?.store.draft<Draft>(kind)) ?? null;
  }

  async keep_draft(draft: Draft): Promise<void> {
    await this.#pocket?.store.keep_draft(draft);
  }

  async drop_draft(kind: Draft['kind']): Promise<void> {
    await this.#pocket?.store.drop_draft(kind);
  }

  where(asking = true): Promise<Place | null> {
    return where(asking);
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

  notices(): Promise<Notices> {
    return this.#reaching.part();
  }

  setting(name: Setting): string {
    return this.home.setting(name);
  }

  set_setting(name: Setting, value: string): void {
    this.home.set_setting(name, value).catch(() => undefined);
    if (name === 'language') this.#reaching.renew();
    this.#changed();
  }

  /** Let go of everything: for a tab that ends, and for tests. */
  close(): void {
    clearInterval(this.#minute);
    this.#channel.close();
    this.#enter(null);
    this.home.close();
  }

  #author(): Author {
    const me = this.me();
    if (!me) throw new Error('not_signed_in');
    return new Author(this.#signed_in(), { me, shift: this.shift(), new_id: uuid7 });
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
    if (pocket) this.#reaching.renew();
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

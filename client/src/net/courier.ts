/** The courier: carries letters to the store and answers back, whenever there is a way. */
import { if_free } from '../store/locks';
import type { ReplicaStore } from '../store/replica-store';
import { type Answer, BYTES_MAX, type Lane, LETTERS_MAX } from '../sync/contract.gen';
import { Cut, read_answer, write_ask } from '../sync/exchange';
import { ask } from '../sync/outbox';
import { effects_of, type State } from '../sync/pocket';
import { compare } from '../sync/repair';
import { hear } from '../sync/replica';
import type { DeviceClock } from './clock';
import { Pulse } from './pulse';
import type { Reply } from './server';

const PAGE_BYTES = 262_144;
const LONGEST_WAIT_S = 60;
/** Rounds that bring nothing new; one that does may be followed by another at once. */
const TRIES_A_MINUTE = 20;
const PROVE_EVERY_MS = 6 * 3_600_000;
/** Until the store has said how often it wants to be asked. */
const NEXT: Answer['next'] = [30, 10];

export interface Carrier {
  exchange(message: string): Promise<Reply<string>>;
}

type Round = 'again' | 'done' | 'failed';

export class Courier {
  online = true;
  fault = '';
  exchanging = false;
  /** All that the store had to give has been read, at the last exchange of this session. */
  caught_up = false;
  readonly pulse = new Pulse();
  /** Hashes of the letters that are on their way at this moment. */
  under_way: ReadonlySet<string> = new Set();
  #again = false;
  #stopped = false;
  #failures = 0;
  #wait = 0;
  #next = NEXT;
  #limits: Answer['limits'] = [BYTES_MAX, LETTERS_MAX];
  #tries: number[] = [];
  #proved = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly store: ReplicaStore,
    private readonly carrier: Carrier,
    private readonly clock: DeviceClock,
    private readonly changed: (whole: boolean) => void,
    private readonly random: () => number = Math.random,
  ) {}

  /** There is something to carry, or a way has opened: go, unless already going. */
  async go(): Promise<void> {
    if (this.#stopped) return;
    if (this.exchanging) {
      this.#again = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#tell(true);
    const round = await this.#whole();
    this.#tell(false);
    this.#plan(round);
    // Asked for in the very moment in which the last exchange ended.
    if (round === 'done' && this.#again) await this.go();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  async #whole(): Promise<Round> {
    try {
      const lock = `kezek-exchange-${this.store.person}`;
      return (await if_free(lock, () => this.#rounds())) ?? 'again';
    } catch {
      // The disk refused: nothing was believed, and nothing is lost by trying later.
      this.#failures += 1;
      return 'failed';
    }
  }

  async #rounds(): Promise<Round> {
    let round: Round = 'again';
    while (round === 'again' && !this.#stopped && this.#may_try()) {
      this.#again = false;
      const before = this.#standing();
      round = await this.#round();
      if (round !== 'failed' && this.#standing() !== before) this.#tries.pop();
      if (round === 'done' && this.#again) round = 'again';
    }
    return round;
  }

  async #round(): Promise<Round> {
    const { message, hashes } = await this.#question();
    this.under_way = hashes;
    this.changed(false);
    const started = performance.now();
    const reply = await this.carrier.exchange(message);
    const took = performance.now() - started;
    this.under_way = new Set();
    if (this.#stopped) return 'done';
    if (reply.is !== 'answer') return this.#failed(reply);
    return this.#take(reply.value, took);
  }

  /** The next request; its turn is on the disk before it is sent. */
  async #question(): Promise<{ message: string; hashes: ReadonlySet<string> }> {
    let message = '';
    let sent = 0;
    const [bytes, letters_max] = this.#limits;
    await this.store.write(({ state, entries }) => {
      const [after, request, letters] = ask(
        this.#proving(state),
        entries,
        this.clock.now(),
        PAGE_BYTES,
        Math.min(letters_max, LETTERS_MAX),
        Math.min(bytes, BYTES_MAX),
      );
      message = write_ask(request, letters);
      sent = letters.length;
      return effects_of(after);
    });
    const waiting = this.store.entries.filter((entry) => entry.state === 'waiting');
    return { message, hashes: new Set(waiting.slice(0, sent).map((entry) => entry.hash)) };
  }

  /** Now and then a replica asks whether it holds what the store says it holds. */
  #proving(state: State): State {
    const now = this.clock.now();
    const narrowing = Object.keys(state.narrow).length > 0;
    const filling = state.at === 0 || Object.keys(state.open).length > 0;
    if (narrowing || filling || now - this.#proved < PROVE_EVERY_MS) return state;
    this.#proved = now;
    return compare(state, this.store.records.values());
  }

  async #take(message: string, took: number): Promise<Round> {
    let answer: Answer;
    const before = this.#unsent();
    try {
      const [header, lines] = read_answer(message);
      answer = header;
      const heard = await this.store.write(({ state, records, entries }) =>
        hear(state, header, lines, records, entries),
      );
      if (!heard) return 'done';
    } catch (error) {
      if (error instanceof Cut || error instanceof RangeError) return this.#failed(null);
      throw error;
    }
    this.clock.learn(answer.now, took);
    this.online = true;
    this.fault = '';
    this.#failures = 0;
    this.#wait = 0;
    this.#next = answer.next;
    this.#limits = answer.limits;
    const { open, narrow } = this.store.state;
    const more = answer.more || Object.keys(open).length + Object.keys(narrow).length > 0;
    this.caught_up = !more;
    this.changed(!more);
    const left = this.#unsent();
    return more || (left > 0 && left < before) ? 'again' : 'done';
  }

  /** How far the conversation has come: a round that leaves this as it was has brought nothing. */
  #standing(): string {
    const { at, open, narrow } = this.store.state;
    return JSON.stringify([at, open, narrow, this.#unsent()]);
  }

  /** Letters that the store does not hold: new ones, and after a restore old ones again. */
  #unsent(): number {
    const { heads, taken } = this.store.state;
    const lanes = Object.entries(heads) as [Lane, [seq: number, hash: string]][];
    return lanes.reduce((sum, [lane, [last]]) => sum + last - (taken[lane] ?? 0), 0);
  }

  #failed(reply: Exclude<Reply<string>, { is: 'answer' }> | null): Round {
    this.#failures += 1;
    this.caught_up = false;
    this.online = reply?.is === 'fault';
    this.fault = reply?.is === 'fault' ? reply.code : '';
    this.#wait = reply?.is === 'fault' ? reply.wait : 0;
    // A message that was too large is cut in half until it goes through.
    if (this.fault === 'too_large') {
      const [bytes, letters] = this.#limits;
      this.#limits = [bytes, Math.max(16, Math.floor(letters / 2))];
    }
    return 'failed';
  }

  #may_try(): boolean {
    const now = performance.now();
    this.#tries = this.#tries.filter((at) => now - at < 60_000);
    if (this.#tries.length >= TRIES_A_MINUTE) return false;
    this.#tries.push(now);
    return true;
  }

  #plan(round: Round): void {
    if (this.#stopped) return;
    const seconds = { again: 3, done: this.#paced(), failed: this.#backed_off() }[round];
    this.#timer = setTimeout(() => void this.go(), seconds * 1000);
  }

  #paced(): number {
    const [seconds, spread] = this.#next;
    return Math.max(1, seconds + spread * (2 * this.random() - 1));
  }

  #backed_off(): number {
    // Only a person can sign in; until he has, a look now and then is enough.
    if (this.fault === 'not_signed_in') return LONGEST_WAIT_S;
    const most = Math.min(LONGEST_WAIT_S, 2 ** Math.min(this.#failures, 6));
    return Math.max(this.#wait, most * (0.5 + this.random() / 2));
  }

  #tell(exchanging: boolean): void {
    this.exchanging = exchanging;
    this.changed(false);
  }
}

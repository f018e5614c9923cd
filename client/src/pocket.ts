/** One person at work on this device: the replica, its courier and its clock, kept together. */
import { salt } from './ids';
import { DeviceClock, type Estimate } from './net/clock';
import { type Carrier, Courier } from './net/courier';
import type { Concern, Kept, Sent, Sides } from './port';
import { concerns, sides, standing, subject_of } from './store/concerns';
import { ReplicaStore } from './store/replica-store';
import { Seen } from './store/seen';
import { sent } from './store/sight';
import { type Body, LETTERS_MAX, LINE_MAX } from './sync/contract.gen';
import { write_ask } from './sync/exchange';
import { size_of } from './sync/letter';
import { answer, ask, compose } from './sync/outbox';
import {
  type Answered,
  type Draft,
  type Effects,
  type Entry,
  effects_of,
  type Key,
} from './sync/pocket';
import { overdue } from './sync/replica';

const PAGE_BYTES = 262_144;

/** What is kept of the conversation beside the replica's own state. */
interface Bearings extends Estimate {
  as_of: number;
}

export class Pocket {
  readonly clock = new DeviceClock();
  as_of = 0;
  #courier: Courier | null = null;
  #concerns: Concern[] | null = null;
  readonly #seen: Seen;

  private constructor(
    readonly store: ReplicaStore,
    private readonly changed: () => void,
  ) {
    this.#seen = new Seen(store);
  }

  static async open(
    person: string,
    device: string,
    carrier: Carrier,
    changed: () => void,
  ): Promise<Pocket> {
    let pocket: Pocket | null = null;
    const store = await ReplicaStore.open(person, device, (keys) => pocket?.renewed(keys));
    pocket = new Pocket(store, changed);
    const bearings = await store.setting<Bearings>('bearings');
    if (bearings) {
      pocket.clock.recall(bearings);
      pocket.as_of = bearings.as_of;
    }
    const heard = (whole: boolean) => pocket?.heard(whole);
    pocket.#courier = new Courier(store, carrier, pocket.clock, heard);
    await pocket.look();
    return pocket;
  }

  get courier(): Courier {
    if (!this.#courier) throw new Error('closed');
    return this.#courier;
  }

  /** When the store was last heard, in the corrected time; 0 not yet. */
  get heard_at(): number {
    const { heard } = this.courier.pulse;
    return heard && Math.round(heard + this.clock.estimate.offset);
  }

  close(): void {
    this.#courier?.stop();
    this.store.close();
  }

  /** Let go of what was lent until now; count jumps of the clock. */
  async look(): Promise<void> {
    this.clock.look();
    const now = this.clock.now();
    const due = this.store.state.feeds.some(([, , lent]) => lent <= now);
    if (due) await this.release(now);
  }

  /** Let go of every record that was lent until then; what was written here stays. */
  async release(until: number): Promise<void> {
    await this.store.write(({ state, records }) => overdue(state, records, until));
  }

  /**
   * Write letters that stand or fall together, which mend what was refused of some records;
   * resolves when the disk has them.
   */
  async write(drafts: readonly Draft[], mended: readonly Key[] = []): Promise<void> {
    const clock = this.clock.evidence();
    await this.store.write((now) => {
      let { state } = now;
      const entries: Entry[] = [];
      for (const draft of drafts) {
        const base = now.records.get(`${draft.kind}/${draft.id}`) ?? null;
        const known = [...now.entries, ...entries];
        const effects: Effects = compose(state, draft, base, known, clock, salt());
        state = effects.state;
        entries.push(...effects.entries);
      }
      if (entries.some((entry) => size_of(entry.line) > LINE_MAX)) throw new Error('too_large');
      entries.push(...mended.flatMap((key) => answer(now.entries, key, 'mended')));
      return { ...effects_of(state), entries };
    });
  }

  async answer(keys: readonly Key[], answered: Answered): Promise<void> {
    await this.store.write(({ state, entries }) => ({
      ...effects_of(state),
      entries: keys.flatMap((key) => answer(entries, key, answered)),
    }));
  }

  concerns(): Concern[] {
    this.#concerns ??= concerns(this.store.entries, this.store.records);
    return this.#concerns;
  }

  sides(key: Key): Sides {
    return sides(this.store.entries, this.store.records, key);
  }

  subject_of(violation: string): string {
    return subject_of(this.store.entries, this.store.records, violation);
  }

  standing(key: Key): Body | null {
    return standing(this.store.entries, this.store.records, key);
  }

  record<B>(kind: string, id: string): Kept<B> | null {
    return this.#seen.record<B>(`${kind}/${id}`);
  }

  all<B>(kind: string): readonly Kept<B>[] {
    return this.#seen.all<B>(kind);
  }

  outbox(): Sent[] {
    return sent(this.store.entries, this.courier.under_way);
  }

  /** What was not handed in, as requests that anybody can carry: they ask for nothing back. */
  file(): Blob {
    const messages: string[] = [];
    let { entries, state: left } = this.store;
    for (;;) {
      const [, request, letters] = ask(left, entries, this.clock.now(), PAGE_BYTES, LETTERS_MAX);
      if (letters.length === 0) break;
      messages.push(write_ask({ ...request, turn: 0, view: null, compare: {} }, letters));
      const taken = { ...left.taken };
      for (const [lane, first, count] of request.letters) taken[lane] = first + count - 1;
      left = { ...left, taken };
      entries = entries.filter(({ lane, seq }) => seq > (taken[lane] ?? 0));
    }
    return new Blob(messages, { type: 'application/x-ndjson' });
  }

  private heard(whole: boolean): void {
    if (whole) {
      this.as_of = this.store.state.heard_at;
      const bearings: Bearings = { ...this.clock.estimate, as_of: this.as_of };
      // Not waited for: if it cannot be kept, the next start knows its time a little worse.
      this.store.keep_setting('bearings', bearings).catch(() => undefined);
    }
    this.changed();
  }

  private renewed(keys: readonly Key[] | null): void {
    this.#concerns = null;
    this.#seen.renewed(keys);
    this.changed();
  }
}

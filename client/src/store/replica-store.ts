/** One person's replica: in memory whole, on the disk first. */
import { CONTRACT } from '../sync/contract.gen';
import { by_number } from '../sync/outbox';
import {
  type Base,
  type Effects,
  type Entry,
  type Key,
  key_of,
  new_state,
  type State,
} from '../sync/pocket';
import { Database, type Shelf } from './database';
import { alone } from './locks';

const SHELVES: readonly Shelf[] = [
  { name: 'state' },
  { name: 'records', path: ['kind', 'id'] },
  { name: 'outbox', path: ['lane', 'seq'] },
  { name: 'drafts', path: 'kind' },
  { name: 'settings' },
];
const REPLICA = ['state', 'records', 'outbox'];

/** The row of the state; `writes` tells a tab that another one has written meanwhile. */
interface StateRow {
  writes: number;
  state: State;
}

export class ReplicaStore {
  state: State;
  records: ReadonlyMap<Key, Base> = new Map();
  entries: readonly Entry[] = [];
  #writes = 0;
  readonly #channel: BroadcastChannel;

  private constructor(
    private readonly database: Database,
    readonly person: string,
    device: string,
    private readonly changed: (keys: readonly Key[] | null) => void,
  ) {
    this.state = new_state(device, person, CONTRACT);
    this.#channel = new BroadcastChannel(`kezek-${person}`);
    this.#channel.onmessage = () => void this.#reread();
  }

  /**
   * Open what this person has on this device; `device` is its name if there is nothing yet.
   * `changed` is told which base records are other than before; null: all may be.
   */
  static async open(
    person: string,
    device: string,
    changed: (keys: readonly Key[] | null) => void,
  ): Promise<ReplicaStore> {
    const database = await Database.open(`kezek-${person}`, 1, SHELVES);
    const store = new ReplicaStore(database, person, device, changed);
    await alone(store.#lock, () => store.#load());
    return store;
  }

  /**
   * Change the replica: `work` sees it as it is, whatever other tabs wrote, and says what to put
   * down. Nothing of it is believed before the disk has it.
   */
  write<E extends Effects | null>(work: (now: ReplicaStore) => E): Promise<E> {
    return alone(this.#lock, async () => {
      const row = (await this.database.one('state', 'state')) as StateRow | undefined;
      if ((row?.writes ?? 0) !== this.#writes) {
        await this.#load();
        this.changed(null);
      }
      const effects = work(this);
      if (effects) await this.#apply(effects);
      return effects;
    });
  }

  async draft<T>(kind: string): Promise<T | null> {
    return ((await this.database.one('drafts', kind)) as T | undefined) ?? null;
  }

  keep_draft(draft: { kind: string }): Promise<void> {
    return this.database.write(['drafts'], (t) => t.objectStore('drafts').put(draft));
  }

  drop_draft(kind: string): Promise<void> {
    return this.database.write(['drafts'], (t) => t.objectStore('drafts').delete(kind));
  }

  async setting<T>(name: string): Promise<T | null> {
    return ((await this.database.one('settings', name)) as T | undefined) ?? null;
  }

  keep_setting(name: string, value: unknown): Promise<void> {
    return this.database.write(['settings'], (t) => t.objectStore('settings').put(value, name));
  }

  close(): void {
    this.#channel.close();
    this.database.close();
  }

  get #lock(): string {
    return `kezek-write-${this.person}`;
  }

  async #load(): Promise<void> {
    const [states = [], records = [], outbox = []] = await this.database.all(...REPLICA);
    const row = states[0] as StateRow | undefined;
    if (row) {
      // The records were read under an older contract too; letters are written under today's.
      this.state = { ...row.state, contract: CONTRACT };
      this.#writes = row.writes;
    }
    this.records = new Map((records as Base[]).map((base) => [key_of(base), base]));
    // Letters of before the author could answer have nothing to say of it.
    const told = (outbox as Entry[]).map((entry) => ({ ...entry, answered: entry.answered ?? '' }));
    this.entries = told.sort(by_number);
  }

  async #apply(effects: Effects): Promise<void> {
    const writes = this.#writes + 1;
    await this.database.write(REPLICA, (transaction) => {
      const row: StateRow = { writes, state: effects.state };
      transaction.objectStore('state').put(row, 'state');
      const records = transaction.objectStore('records');
      for (const base of effects.put) records.put(base);
      for (const key of effects.drop) records.delete(key.split('/'));
      const outbox = transaction.objectStore('outbox');
      for (const entry of effects.entries) outbox.put(entry);
      for (const gone of effects.gone) outbox.delete(gone);
    });
    this.#writes = writes;
    this.#believe(effects);
    this.#channel.postMessage('written');
    this.changed([...effects.put.map(key_of), ...effects.drop]);
  }

  #believe({ state, put, drop, entries, gone }: Effects): void {
    this.state = state;
    if (put.length + drop.length > 0) {
      const records = new Map(this.records);
      for (const base of put) records.set(key_of(base), base);
      for (const key of drop) records.delete(key);
      this.records = records;
    }
    if (entries.length + gone.length === 0) return;
    const outbox = new Map(this.entries.map((entry) => [name_of(entry), entry]));
    for (const entry of entries) outbox.set(name_of(entry), entry);
    for (const [lane, seq] of gone) outbox.delete(name_of({ lane, seq }));
    this.entries = [...outbox.values()].sort(by_number);
  }

  async #reread(): Promise<void> {
    await alone(this.#lock, () => this.#load());
    this.changed(null);
  }
}

function name_of({ lane, seq }: { lane: string; seq: number }): string {
  return `${lane}/${seq}`;
}

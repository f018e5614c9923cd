/** Every record as a person sees it, kept from one change to the next: a desk holds tens of thousands. */
import type { Kept } from '../port';
import type { Entry, Key } from '../sync/pocket';
import type { ReplicaStore } from './replica-store';
import { kept, laid_over } from './sight';

type Kind = Map<Key, Kept<unknown> | null>;

export class Seen {
  #kinds = new Map<string, Kind>();
  #lists = new Map<string, readonly Kept<unknown>[]>();
  #over: Map<Key, Entry[]> | null = null;

  constructor(private readonly store: ReplicaStore) {}

  record<B>(key: Key): Kept<B> | null {
    const kind = this.#kind(kind_of(key));
    const seen = kind.get(key);
    if (seen !== undefined) return seen as Kept<B> | null;
    return this.#look<B>(key);
  }

  /** The same array until something of this kind has changed. */
  all<B>(kind: string): readonly Kept<B>[] {
    const known = this.#lists.get(kind);
    if (known) return known as readonly Kept<B>[];
    const list = [...this.#kind(kind).values()].filter((record) => record !== null);
    this.#lists.set(kind, list);
    return list as readonly Kept<B>[];
  }

  /** These base records have changed, and with them perhaps the outbox; null: nobody knows which. */
  renewed(keys: readonly Key[] | null): void {
    const before = this.#over;
    this.#over = null;
    if (!keys) {
      this.#kinds.clear();
      this.#lists.clear();
      return;
    }
    const touched = new Set([...keys, ...(before?.keys() ?? []), ...this.#laid_over().keys()]);
    for (const key of touched) {
      const kind = this.#kinds.get(kind_of(key));
      if (!kind) continue;
      this.#lists.delete(kind_of(key));
      kind.set(key, this.#look(key));
    }
  }

  #kind(name: string): Kind {
    const known = this.#kinds.get(name);
    if (known) return known;
    const kind: Kind = new Map();
    for (const key of [...this.store.records.keys(), ...this.#laid_over().keys()]) {
      if (kind_of(key) === name) kind.set(key, this.#look(key));
    }
    this.#kinds.set(name, kind);
    return kind;
  }

  #look<B>(key: Key): Kept<B> | null {
    const base = this.store.records.get(key) ?? null;
    return kept<B>(base, this.#laid_over().get(key) ?? [], key);
  }

  #laid_over(): Map<Key, Entry[]> {
    this.#over ??= laid_over(this.store.entries, this.store.records);
    return this.#over;
  }
}

function kind_of(key: Key): string {
  return key.slice(0, key.indexOf('/'));
}

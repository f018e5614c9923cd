/** A replica proves itself: digests are compared, a damaged range narrowed and mended. */
import type { Answer, Out } from './contract.gen';
import type { In } from './exchange';
import { digest_of, fingerprint, place } from './feeds';
import { type Base, type Changed, type Key, key_of, type Records, type State } from './pocket';

/** Ask at the next exchange whether every feed is what the store says it is. */
export function compare(state: State, records: Iterable<Base>): State {
  const held = new Map<string, Uint8Array[]>(state.feeds.map(([feed]) => [feed, []]));
  for (const base of records) {
    const print = fingerprint(base.line);
    for (const name of Object.keys(base.feeds)) held.get(name)?.push(print);
  }
  const narrow: State['narrow'] = {};
  for (const [name, prints] of held) narrow[name] = { '': digest_of(prints) };
  return { ...state, narrow };
}

/** Narrow a damaged range: drop what does not belong, ask on about what differs. */
export function repair(
  state: State,
  answer: Answer,
  lines: readonly (In | Out)[],
  records: Records,
  changed: Changed,
): void {
  const given = new Set(lines.flatMap((line) => ('in' in line ? [key_of(line.given)] : [])));
  for (const [feed, prefixes] of Object.entries(answer.narrow)) {
    for (const [prefix, children] of Object.entries(prefixes)) {
      const inside = held_in(feed, prefix, records, changed);
      if (children) {
        narrow(state, feed, prefix, children, inside);
        continue;
      }
      for (const [key, base] of inside) {
        if (!given.has(key))
          changed.set(
            key,
            without(base, (name) => name === feed),
          );
      }
    }
  }
}

type Held = [key: Key, base: Base];

function held_in(feed: string, prefix: string, records: Records, changed: Changed): Held[] {
  const inside: Held[] = [];
  for (const key of new Set([...records.keys(), ...changed.keys()])) {
    const base = now_of(key, records, changed);
    if (base && feed in base.feeds && place(key).startsWith(prefix)) inside.push([key, base]);
  }
  return inside;
}

function narrow(
  state: State,
  feed: string,
  prefix: string,
  children: readonly string[],
  inside: readonly Held[],
): void {
  for (const [number, theirs] of children.entries()) {
    const child = prefix + number.toString(16);
    const held = inside.filter(([key]) => place(key).startsWith(child));
    const ours = digest_of(held.map(([, base]) => fingerprint(base.line)));
    if (ours !== theirs) state.narrow[feed] = { ...state.narrow[feed], [child]: ours };
  }
}

/** A record as it is after what this answer has changed so far. */
export function now_of(key: Key, records: Records, changed: Changed): Base | null {
  const now = changed.get(key);
  return now !== undefined ? now : (records.get(key) ?? null);
}

/** The record without those feeds; null where no feed is left that holds it. */
export function without(base: Base, left: (feed: string, life: number) => boolean): Base | null {
  const feeds = Object.entries(base.feeds).filter(([name, life]) => !left(name, life));
  return feeds.length > 0 ? { ...base, feeds: Object.fromEntries(feeds) } : null;
}

/** Which rows of a sheet are shown, and in which order. */

import { fold, other_layout } from '../../parts/fold';
import type { Kept } from '../../port';
import type { Body } from '../../sync/contract.gen';
import { language } from '../../words';
import type { Conditions, Facet } from './address';
import type { Names } from './names';
import { remembered } from './remembered';
import type { Sheet } from './sheets';

export interface Sort {
  /** The number of a column. */
  column: number;
  down: boolean;
}

export interface Wanted {
  conditions: Conditions;
  text: string;
  sort: Sort | null;
  /** Only what belongs to this day's work. */
  recent: boolean;
  now: number;
}

const MINUTE_MS = 60_000;

/** The rows, the same array until something is otherwise; what runs now is told anew each minute. */
export function listing(names: Names) {
  const choose = remembered(
    (
      all: readonly Kept<Body>[],
      sheet: Sheet,
      conditions: Conditions,
      text: string,
      sort: Sort | null,
      recent: boolean,
      minute: number,
      _language: string,
    ) => {
      const wanted = { conditions, text, sort, recent, now: minute * MINUTE_MS };
      return chosen_rows(all, sheet, wanted, names);
    },
  );
  return (all: readonly Kept<Body>[], sheet: Sheet, wanted: Wanted) => {
    const { conditions, text, sort, recent, now } = wanted;
    const minute = Math.floor(now / MINUTE_MS);
    return choose(all, sheet, conditions, text, sort, recent, minute, language());
  };
}

/** All whose facts are as the conditions say, and whose words begin with each word looked for. */
export function chosen_rows(
  all: readonly Kept<Body>[],
  sheet: Sheet,
  wanted: Wanted,
  names: Names,
): readonly Kept<Body>[] {
  const text = sought(wanted.text);
  const rows = all.filter(
    (row) =>
      (!wanted.recent || row.waiting || sheet.recent(row, wanted.now)) &&
      meets(sheet.facts(row, wanted.now), wanted.conditions, sheet.facets) &&
      (text.length === 0 || says(words_of(row, sheet, names), text)),
  );
  return ordered(rows, sheet, wanted, names);
}

export function meets(
  facts: { [facet in Facet]?: string | readonly string[] },
  conditions: Conditions,
  facets: readonly Facet[],
): boolean {
  return facets.every((facet) => {
    const asked = conditions[facet];
    if (!asked) return true;
    const fact = facts[facet] ?? '';
    return typeof fact === 'string' ? fact === asked : fact.includes(asked);
  });
}

/** The words looked for, in each spelling that may have been meant; empty: nothing is looked for. */
function sought(text: string): string[][] {
  const spellings = [text, other_layout(text)].map((one) => fold(one).split(' ').filter(Boolean));
  return spellings.filter((words) => words.length > 0);
}

function says(words: string, sought_words: readonly string[][]): boolean {
  return sought_words.some((spelling) => spelling.every((word) => words.includes(` ${word}`)));
}

const folded = new WeakMap<Kept<Body>, string>();

function words_of(row: Kept<Body>, sheet: Sheet, names: Names): string {
  const known = folded.get(row);
  if (known !== undefined) return known;
  const words = ` ${fold(sheet.words(row, names))}`;
  folded.set(row, words);
  return words;
}

const AT_ONCE = 100;

/** Read the words of all rows while nothing else is to be done: the first search waits for nothing. */
export function read_ahead(all: readonly Kept<Body>[], sheet: Sheet, names: Names): () => void {
  let next = 0;
  let wanted = 0;
  const some = () => {
    for (const row of all.slice(next, next + AT_ONCE)) words_of(row, sheet, names);
    next += AT_ONCE;
    if (next < all.length) wanted = requestIdleCallback(some);
  };
  wanted = requestIdleCallback(some);
  return () => cancelIdleCallback(wanted);
}

function ordered(
  rows: readonly Kept<Body>[],
  sheet: Sheet,
  { sort, now }: Wanted,
  names: Names,
): readonly Kept<Body>[] {
  const column = sort ? sheet.columns[sort.column] : undefined;
  if (!sort || !column) return by((row) => -sheet.rank(row, now), rows);
  const sign = sort.down ? -1 : 1;
  const { by: number } = column;
  if (number) return by((row) => sign * number(row), rows);
  const texts = new Map(rows.map((row) => [row, column.text(row, names, now)]));
  const collator = new Intl.Collator(undefined, { numeric: true });
  const text = (row: Kept<Body>) => texts.get(row) ?? '';
  return [...rows].sort((one, other) => sign * collator.compare(text(one), text(other)));
}

function by(rank: (row: Kept<Body>) => number, rows: readonly Kept<Body>[]): readonly Kept<Body>[] {
  const ranks = new Map(rows.map((row) => [row, rank(row)]));
  return [...rows].sort((one, other) => (ranks.get(one) ?? 0) - (ranks.get(other) ?? 0));
}

/** Finding an article: by number, by word, without Kazakh letters, in Latin, in the wrong layout. */

import { fold, other_layout } from './fold';
import { PLAIN_WORDS } from './plain-words';

/** What the search reads of an offence. */
export interface Findable {
  id: string;
  article: string;
  part: string;
  verified: boolean;
  title_kk: string;
  title_ru: string;
  title_en: string;
}

export interface Entry {
  id: string;
  article: string;
  part: string;
  verified: boolean;
  title: readonly string[];
  plain: readonly string[];
}

/** Folded once for all searches: a keystroke must not fold two hundred titles again. */
export function index(offences: readonly Findable[]): Entry[] {
  return offences.map((offence) => ({
    id: offence.id,
    article: offence.article,
    part: offence.part,
    verified: offence.verified,
    title: words(`${offence.title_kk} ${offence.title_ru} ${offence.title_en}`),
    plain: words(PLAIN_WORDS[offence.article] ?? ''),
  }));
}

/** The ids found, the likeliest first. */
export function search(query: string, entries: readonly Entry[], limit = 8): string[] {
  const asked = words(query);
  if (asked.length === 0) return [];
  const swapped = words(other_layout(query));

  const found = entries
    .map((entry) => ({ entry, points: Math.max(rate(asked, entry), rate(swapped, entry) * 0.9) }))
    .filter(({ points }) => points > 0);
  found.sort((a, b) => b.points - a.points || by_number(a.entry, b.entry));
  return found.slice(0, limit).map(({ entry }) => entry.id);
}

/** Every word must be found somewhere; a row not verified stands behind one that is. */
function rate(asked: readonly string[], entry: Entry): number {
  const points = asked.map((word, place) => rate_word(word, place, entry));
  if (points.length === 0 || points.includes(0)) return 0;
  const mean = points.reduce((sum, one) => sum + one, 0) / points.length;
  return mean - (entry.verified ? 0 : 0.04);
}

function rate_word(word: string, place: number, entry: Entry): number {
  if (/^\d/.test(word)) return rate_number(word, place, entry);
  if (/^(st|ch|bap|bolik|art|p)$/.test(word)) return 0.5; // «ст. 440 ч. 1»: only the numbers say anything.
  return Math.max(nearest(word, entry.plain) * 0.98, nearest(word, entry.title));
}

function rate_number(word: string, place: number, { article, part }: Entry): number {
  if (place > 0 && word === part) return 1;
  if (word === article) return 1;
  if (word === `${article}-${part}`) return 0.95;
  if (article.startsWith(word)) return 0.8;
  return 0;
}

function nearest(word: string, among: readonly string[]): number {
  return among.reduce((best, other) => Math.max(best, likeness(word, other)), 0);
}

/** 1 for the word itself, less for its beginning, its stem, and a slip of the finger. */
function likeness(word: string, other: string): number {
  if (word === other) return 1;
  if (other.startsWith(word)) return 0.9 - 0.01 * Math.min(20, other.length - word.length);
  if (word.length < 4) return 0;
  const stem = common_start(word, other);
  if (stem >= 4 && stem >= other.length - 3 && stem >= word.length - 3) return 0.72;
  if (word.length >= 4 && other.includes(word)) return 0.6;

  const slips = word.length >= 8 ? 2 : 1;
  const head = Math.min(other.length, word.length + slips);
  const short = Math.max(1, word.length - slips);
  for (let length = short; length <= head; length += 1) {
    const away = distance(word, other.slice(0, length), slips);
    if (away <= slips) return 0.55 - 0.08 * away;
  }
  return 0;
}

function common_start(one: string, other: string): number {
  let length = 0;
  while (length < one.length && one[length] === other[length]) length += 1;
  return length;
}

/** Letters changed, lost, added or swapped; counting stops above `limit`. */
function distance(one: string, other: string, limit: number): number {
  if (Math.abs(one.length - other.length) > limit) return limit + 1;
  let before: number[] = [];
  let row = Array.from({ length: other.length + 1 }, (_, place) => place);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const change = (row[j - 1] ?? 0) + (one[i - 1] === other[j - 1] ? 0 : 1);
      let cost = Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      const swapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      if (i > 1 && j > 1 && swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      next[j] = cost;
    }
    before = row;
    row = next;
  }
  return row[other.length] ?? limit + 1;
}

function words(text: string): string[] {
  return fold(text).split(' ').filter(Boolean);
}

function by_number(one: Entry, other: Entry): number {
  const [a, b] = [Number.parseInt(one.article, 10), Number.parseInt(other.article, 10)];
  return a - b || one.article.localeCompare(other.article) || one.part.localeCompare(other.part);
}

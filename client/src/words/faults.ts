/**
 * Why a letter or a sign-in did not pass, said to a person: what happened, and what to do.
 *
 * The sentences are many and seldom needed: they come as a part of their own, which the worker
 * keeps for use without a network. Until it is there a general one stands for them.
 */

import { EARLY, GENERAL } from './faults/codes';
import { type Language, language, learned } from './index';

type Sentences = Record<string, string>;

let later: Record<Language, Sentences> | null = null;
let asked: Promise<boolean> | null = null;

/** The reason in words; a code that nobody here knows gets the general sentence. */
export function reason(code: string, name: Language = language()): string {
  if (code === '') return '';
  const early = (EARLY as Record<string, Record<Language, string>>)[code];
  if (early) return early[name];
  if (!later) void know_all();
  return later?.[name][code] ?? GENERAL[name];
}

/** Resolves when every sentence is known; with false where they could not be had, to ask again. */
export function know_all(): Promise<boolean> {
  asked ??= import('./faults/all').then(
    ({ LATER }) => {
      later = LATER;
      learned.dispatchEvent(new Event('learned'));
      return true;
    },
    () => {
      asked = null;
      return false;
    },
  );
  return asked;
}

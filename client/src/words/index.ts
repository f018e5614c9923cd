/** What the app says: one sentence by its key, in the language chosen. */

import { en } from './en';
import { kk } from './kk';
import { type Forms, form, type Language } from './plural';
import { ru, type Words } from './ru';

export type { Language } from './plural';

export type Key = keyof Words;
export type Params = Record<string, string | number>;

export const LANGUAGES: readonly Language[] = ['kk', 'ru', 'en'];
export const LANGUAGE_NAMES: Record<Language, string> = {
  kk: 'Қазақша',
  ru: 'Русский',
  en: 'English',
};

const CATALOGUE: Record<Language, Words> = { kk, ru, en };

let spoken: Language = 'kk';

/** Choose the language of everything said from now on; an unknown name leaves Kazakh. */
export function speak(name: string): Language {
  spoken = LANGUAGES.find((language) => language === name) ?? 'kk';
  return spoken;
}

export function language(): Language {
  return spoken;
}

/** The sentence; `n` among the parameters chooses the form of its words. */
export function say(key: Key, params: Params = {}): string {
  return fill(CATALOGUE[spoken][key], spoken, params);
}

/** Exported for the tests, which read every language without changing the one spoken. */
export function fill(entry: string | Forms, name: Language, params: Params): string {
  const text = typeof entry === 'string' ? entry : (entry[form(name, Number(params.n ?? 0))] ?? '');
  return text.replace(/\{(\w+)\}/g, (hole, param: string) => String(params[param] ?? hole));
}

/** The name of a thing in the language spoken, with Russian when there is no other. */
export function named(thing: object, stem: 'title' | 'name'): string {
  return field(thing, `${stem}_${spoken}`) || field(thing, `${stem}_ru`);
}

function field(thing: object, name: string): string {
  return String((thing as Record<string, unknown>)[name] ?? '');
}

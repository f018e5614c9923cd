/** What the app says: one sentence by its key, in the language chosen. */

import { phone } from './phone/kk';
import { type Forms, form, type Language } from './plural';
import type { Words } from './ru';

export type { Language } from './plural';

export type Key = keyof Words;
export type Params = Record<string, string | number>;

export const LANGUAGES: readonly Language[] = ['kk', 'ru', 'en'];
export const LANGUAGE_NAMES: Record<Language, string> = {
  kk: 'Қазақша',
  ru: 'Русский',
  en: 'English',
};

type Sentences = Partial<Words>;

/** What is known so far. Kazakh always is; the others come with whoever chooses them. */
const CATALOGUE: Partial<Record<Language, Sentences>> = { kk: { ...phone } };
const COMING: Partial<Record<Language, () => Promise<{ words: Sentences }>>> = {
  ru: () => import('./spoken/ru'),
  en: () => import('./spoken/en'),
};
const chapters: Record<Language, Sentences>[] = [];

/** Fires `learned` when sentences have come that may have been wanted before. */
export const learned = new EventTarget();

let spoken: Language = 'kk';

/** Take in the chapter of a part that is loaded when it is needed. */
export function learn(chapter: Record<Language, Sentences>): void {
  chapters.push(chapter);
  for (const name of LANGUAGES) if (CATALOGUE[name]) Object.assign(CATALOGUE[name], chapter[name]);
}

/** Resolves when a language can be spoken, or cannot be had; an unknown name needs nothing. */
export async function know(name: string): Promise<void> {
  const wanted = LANGUAGES.find((language) => language === name);
  const coming = wanted && !CATALOGUE[wanted] && COMING[wanted];
  if (!coming) return;
  try {
    const { words } = await coming();
    CATALOGUE[wanted] = Object.assign({ ...words }, ...chapters.map((said) => said[wanted]));
    learned.dispatchEvent(new Event('learned'));
  } catch {
    // There is no way to it now: Kazakh is spoken, and it is asked for again.
  }
}

/** Choose the language of everything said from now on: Kazakh until another is known. */
export function speak(name: string): Language {
  const wanted = LANGUAGES.find((language) => language === name) ?? 'kk';
  if (!CATALOGUE[wanted]) void know(wanted);
  spoken = CATALOGUE[wanted] ? wanted : 'kk';
  return spoken;
}

export function language(): Language {
  return spoken;
}

/** The sentence; `n` among the parameters chooses the form of its words. */
export function say(key: Key, params: Params = {}): string {
  return fill(CATALOGUE[spoken]?.[key] ?? '', spoken, params);
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

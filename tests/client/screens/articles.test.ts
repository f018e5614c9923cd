/** An article is shown as law only where it was checked, and in the words of whom. */

import type { App } from 'client/port';
import { Articles } from 'client/screens/articles';
import type { Offence } from 'client/sync/contract.gen';
import { know, speak } from 'client/words';
import { afterEach, describe, expect, it } from 'vitest';

const ROW: Offence = {
  article: '440',
  part: '1',
  group: 'A',
  title_kk: 'қазақша',
  title_ru: 'по-русски',
  title_en: 'in English',
  typical_measure: '5 МРП',
  drawn_by: 'police',
  mark: 'V',
  verified: true,
  title_kk_mark: 'T',
};

function articles(body: Offence): Articles {
  const kept = [{ id: 'one', kind: 'offence', version: 1, body, waiting: false }];
  const read = new Articles();
  read.read({ all: () => kept } as unknown as App);
  return read;
}

afterEach(() => {
  speak('kk');
});

describe('in the Kazakh app', () => {
  it.each([
    ['that was checked is shown in Kazakh', {}, 'қазақша', 'kk'],
    ['without a Kazakh title in Russian', { title_kk: '', verified: false }, 'по-русски', 'ru'],
    ['that nobody has checked in Russian', { verified: false }, 'по-русски', 'ru'],
  ])('a row %s', (_, said, title, lang) => {
    const line = articles({ ...ROW, ...said }).lines.get('one');
    expect(line).toMatchObject({ title, lang, verified: !('verified' in said) });
  });
});

it.each([
  ['kk', 'T', true],
  ['kk', 'V', false],
  ['ru', 'T', false],
  ['en', 'V', true],
])('in %s a title of mark %s is a translation: %s', async (language, title_kk_mark, translated) => {
  await know(language);
  speak(language);
  const row = { ...ROW, title_kk_mark };
  expect(articles(row).is_translated(row)).toBe(translated);
  expect(articles(row).is_translated({ ...row, verified: false })).toBe(false);
});

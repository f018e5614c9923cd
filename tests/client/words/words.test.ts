/** Every sentence exists in three languages, with the same holes and right plurals. */

import { fill, know, LANGUAGES, say, speak } from 'client/words';
import { en } from 'client/words/en';
import { know_all, reason } from 'client/words/faults';
import { kk } from 'client/words/kk';
import { at_clock, clock, date, moment } from 'client/words/moments';
import { ru } from 'client/words/ru';
import { beforeAll, describe, expect, test } from 'vitest';

const CATALOGUES = { kk, ru, en };

function holes(entry: string | readonly string[]): string[] {
  const text = typeof entry === 'string' ? entry : (entry[0] ?? '');
  return Array.from(text.matchAll(/\{(\w+)\}/g), (match) => match[1] ?? '').sort();
}

describe('the words', () => {
  test.each(LANGUAGES)('%s has every sentence, none of them empty', (name) => {
    const words = CATALOGUES[name];
    expect(Object.keys(words).sort()).toEqual(Object.keys(ru).sort());
    for (const entry of Object.values(words)) {
      for (const text of typeof entry === 'string' ? [entry] : entry)
        expect(text.trim()).not.toBe('');
    }
  });

  test.each(LANGUAGES)('%s has the same holes in each sentence as Russian', (name) => {
    for (const [key, entry] of Object.entries(ru)) {
      expect(holes(CATALOGUES[name][key as keyof typeof ru]), key).toEqual(holes(entry));
    }
  });

  test.each(LANGUAGES)('%s has as many forms of a word as its plurals need', (name) => {
    const forms = { kk: 1, ru: 3, en: 2 }[name];
    for (const entry of Object.values(CATALOGUES[name])) {
      if (typeof entry !== 'string') expect(entry).toHaveLength(forms);
    }
  });

  test.each([
    [0, '0 бақылау нүктесі', '0 контрольных точек', '0 checkpoints'],
    [1, '1 бақылау нүктесі', '1 контрольная точка', '1 checkpoint'],
    [2, '2 бақылау нүктесі', '2 контрольные точки', '2 checkpoints'],
    [5, '5 бақылау нүктесі', '5 контрольных точек', '5 checkpoints'],
    [11, '11 бақылау нүктесі', '11 контрольных точек', '11 checkpoints'],
    [21, '21 бақылау нүктесі', '21 контрольная точка', '21 checkpoints'],
    [112, '112 бақылау нүктесі', '112 контрольных точек', '112 checkpoints'],
  ])('%i checkpoints', (n, kazakh, russian, english) => {
    expect(fill(kk.checkpoints_count, 'kk', { n })).toBe(kazakh);
    expect(fill(ru.checkpoints_count, 'ru', { n })).toBe(russian);
    expect(fill(en.checkpoints_count, 'en', { n })).toBe(english);
  });

  test('an unknown language is Kazakh', () => {
    expect(speak('xx')).toBe('kk');
    expect(say('tab_shift')).toBe('Ауысым');
  });
});

/** Every sentence with a number in it, as it must be at 0, 1, 2, 5 and 21, written by hand. */
const COUNTED: Partial<Record<keyof typeof ru, { ru: string[]; en: string[]; kk: string }>> = {
  waiting_count: {
    ru: [
      '0 ждут отправки',
      '1 ждёт отправки',
      '2 ждут отправки',
      '5 ждут отправки',
      '21 ждёт отправки',
    ],
    en: ['0 waiting', '1 waiting', '2 waiting', '5 waiting', '21 waiting'],
    kk: '# жазба күтуде',
  },
  attention_count: {
    ru: [
      '0 требуют внимания',
      '1 требует внимания',
      '2 требуют внимания',
      '5 требуют внимания',
      '21 требует внимания',
    ],
    en: [
      '0 need attention',
      '1 needs attention',
      '2 need attention',
      '5 need attention',
      '21 need attention',
    ],
    kk: '# жазбаға назар аударыңыз',
  },
  tasks_attention: {
    ru: [
      '0 записей ждут вашего решения',
      '1 запись ждёт вашего решения',
      '2 записи ждут вашего решения',
      '5 записей ждут вашего решения',
      '21 запись ждёт вашего решения',
    ],
    en: [
      '0 records wait for your decision',
      '1 record waits for your decision',
      '2 records wait for your decision',
      '5 records wait for your decision',
      '21 records wait for your decision',
    ],
    kk: '# жазба сіздің шешіміңізді күтеді',
  },
  articles_count: {
    ru: ['0 статей', '1 статья', '2 статьи', '5 статей', '21 статья'],
    en: ['0 articles', '1 article', '2 articles', '5 articles', '21 articles'],
    kk: '# бап',
  },
  search_results: {
    ru: [
      'Найдено 0 статей',
      'Найдена 1 статья',
      'Найдены 2 статьи',
      'Найдено 5 статей',
      'Найдена 21 статья',
    ],
    en: [
      '0 articles found',
      '1 article found',
      '2 articles found',
      '5 articles found',
      '21 articles found',
    ],
    kk: '# бап табылды',
  },
};
const NUMBERS = [0, 1, 2, 5, 21];

describe('the plurals', () => {
  test.each(Object.entries(COUNTED))('%s', (key, said) => {
    const entry = (words: typeof kk) => words[key as keyof typeof ru];
    for (const [place, n] of NUMBERS.entries()) {
      expect(fill(entry(ru), 'ru', { n })).toBe(said.ru[place]);
      expect(fill(entry(en), 'en', { n })).toBe(said.en[place]);
      expect(fill(entry(kk), 'kk', { n })).toBe(said.kk.replace('#', String(n)));
    }
  });

  /** What a number does to a sentence does not depend on the sentence. */
  test.each(LANGUAGES)('every counted sentence of every chapter is right in %s', (name) => {
    const alike = { kk: [[0, 1, 2, 5, 21]], ru: [[1, 21], [0, 5], [2]], en: [[1], [0, 2, 5, 21]] };
    const counted = Object.entries(CATALOGUES[name]).filter(
      ([, entry]) => typeof entry !== 'string',
    );
    expect(counted.length).toBeGreaterThan(5);
    for (const [key, entry] of counted) {
      const bare = (n: number) => fill(entry, name, { n }).replace(String(n), '#');
      for (const same of alike[name])
        expect(new Set(same.map(bare)).size, `${key} at ${same}`).toBe(1);
      for (const n of NUMBERS) {
        expect(fill(entry, name, { n }), key).toContain(String(n));
        expect(fill(entry, name, { n }), key).not.toContain('{n}');
      }
    }
  });
});

/** Sentences that are the same in Kazakh and in Russian, and why that is no forgotten translation. */
const ALIKE: Record<string, string> = {
  kezek: 'the name of the system',
  login: 'the word is used in both',
  span_minutes: 'the abbreviation of минут is one',
  metres: 'the sign of the unit',
  distance_metres: 'the sign of the unit',
  distance_km: 'the sign of the unit',
  history_spread: 'the sign of the unit',
  count_all: 'a number alone',
  column_arrived: 'the sign №',
  route: 'the official term is маршрут in both',
  field_route: 'the official term is маршрут in both',
  column_route: 'the official term is маршрут in both',
  command_route: 'the official term is маршрут in both',
  tab_desk: 'the word is used in both',
  post_patrol: 'the official term is патруль in both',
  post_dispatcher: 'the official term is диспетчер in both',
  role_dispatcher: 'the official term is диспетчер in both',
  role_auditor: 'the official term is аудитор in both',
  key_map: 'карта is the word in both',
};

test('whatever is the same in Kazakh and in Russian is so for a reason', () => {
  const first = (entry: string | readonly string[]) =>
    typeof entry === 'string' ? entry : entry[0];
  const same = Object.keys(ru).filter(
    (key) => first(kk[key as keyof typeof ru]) === first(ru[key as keyof typeof ru]),
  );
  expect(same.filter((key) => !(key in ALIKE))).toEqual([]);
});

test('a language is loaded by whoever chooses it; until then Kazakh is spoken', async () => {
  await know('xx');
  expect(speak('en')).toBe('kk');
  await know('en');
  expect([speak('en'), say('tab_shift')]).toEqual(['en', 'Shift']);
  await import('client/words/attention');
  expect(say('attention_leave')).toBe('Leave it as it is');
});

describe('the reasons', () => {
  test('until all sentences are there a general one stands for them', async () => {
    expect(reason('field_wrong', 'en')).toContain('did not take it');
    expect(reason('offline', 'en')).toContain('no connection');
    expect(await know_all()).toBe(true);
    expect(reason('field_wrong', 'en')).toContain('correct the field');
  });

  test.each(LANGUAGES)('%s says something for a code that it does not know', (name) => {
    expect(reason('never_heard_of', name)).not.toBe('');
    expect(reason('', name)).toBe('');
  });
});

describe('the moments', () => {
  beforeAll(() => know('ru'));

  const noon = Date.UTC(2026, 10, 22, 7, 0); // 12:00 in Almaty

  test('time is Almaty time wherever the phone is set', () => {
    expect(clock(noon)).toBe('12:00');
    expect(clock(Date.UTC(2026, 10, 22, 19, 30))).toBe('00:30');
  });

  test('months are our own in each language', () => {
    expect(date(noon, 'kk')).toBe('22 қараша');
    expect(date(noon, 'ru')).toBe('22 ноября');
    expect(date(noon, 'en')).toBe('22 November');
  });

  test('another day is said with its date', () => {
    speak('ru');
    expect(moment(noon - 86_400_000, noon)).toBe('вчера, 12:00');
    expect(moment(noon - 3 * 86_400_000, noon)).toBe('19 ноября, 12:00');
  });

  test('a typed time is the latest one that is not in the future', () => {
    expect(at_clock('11:15', noon)).toBe(noon - 45 * 60_000);
    expect(at_clock('23:50', noon)).toBe(noon - 12 * 3_600_000 - 10 * 60_000);
    expect(at_clock('half past', noon)).toBeNull();
  });
});

/** Every sentence exists in three languages, with the same holes and right plurals. */

import { fill, LANGUAGES, say, speak } from 'client/words';
import { en } from 'client/words/en';
import { KNOWN_CODES, reason } from 'client/words/faults';
import { kk } from 'client/words/kk';
import { at_clock, clock, date, moment } from 'client/words/moments';
import { ru } from 'client/words/ru';
import { describe, expect, test } from 'vitest';

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

describe('the reasons', () => {
  test.each(LANGUAGES)(
    '%s says every known code, and something for one it does not know',
    (name) => {
      for (const code of [...KNOWN_CODES, 'never_heard_of'])
        expect(reason(code, name)).not.toBe('');
      expect(reason('', name)).toBe('');
    },
  );
});

describe('the moments', () => {
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

/** An article is found by whatever a tired person types. */

import { fold } from 'client/parts/fold';
import { type Findable, index, search } from 'client/parts/search';
import { describe, expect, test } from 'vitest';

function row(article: string, part: string, ru: string, kk: string, en: string): Findable {
  const id = `${article}/${part}`;
  return { id, article, part, verified: kk !== '', title_ru: ru, title_kk: kk, title_en: en };
}

const ENTRIES = index([
  row('434', '1', 'Мелкое хулиганство', 'Ұсақ бұзақылық', 'Petty hooliganism'),
  row(
    '434',
    '2',
    'Мелкое хулиганство, повторно в течение года',
    'Ұсақ бұзақылық, бір жыл ішінде қайталап',
    'Petty hooliganism, repeat within a year',
  ),
  row(
    '434-2',
    '1',
    'Загрязнение мест общего пользования',
    'Ортақ пайдалану орындарын ластау',
    'Littering in public places',
  ),
  row(
    '437',
    '1',
    'Нарушение тишины (ночное время, либо проведение шумных работ)',
    'Тыныштықты бұзу',
    'Breach of silence at night',
  ),
  row(
    '440',
    '1',
    'Распитие алкогольных напитков или появление в общественных местах в состоянии опьянения',
    'Қоғамдық орындарда алкогольдік ішімдіктер ішу немесе мас күйде болу',
    'Drinking alcohol, or being drunk, in public',
  ),
  row('440', '2–3', 'То же, повторно / третий раз', '', 'Repeat / third time'),
  row(
    '441',
    '1',
    'Нарушение запрета курения в отдельных общественных местах',
    'Жекелеген қоғамдық орындарда темекі шегуге тыйымды бұзу',
    'Smoking in prohibited public places',
  ),
  row(
    '615',
    '1',
    'Нарушение ПДД пешеходами',
    'Жаяу жүргіншілердің жол жүрісі қағидаларын бұзуы',
    'Breach by pedestrians',
  ),
]);

describe('the search', () => {
  test.each([
    ['440', '440/1'],
    ['440 1', '440/1'],
    ['ст. 440 ч. 1', '440/1'],
    ['434-2', '434-2/1'],
    ['434 2', '434/2'],
    ['распитие', '440/1'],
    ['пьяный', '440/1'],
    ['мас', '440/1'],
    ['курение', '441/1'],
    ['курит', '441/1'],
    ['шылым', '441/1'],
    ['бұзақылық', '434/1'],
    ['бузакылык', '434/1'],
    ['buzaqylyq', '434/1'],
    ['hooligan', '434/1'],
    ['тыныштык', '437/1'],
    ['tynyshtyk', '437/1'],
    ['rehtybt', '441/1'],
    ['gmzysq', '440/1'],
    ['ьгыщк', '434-2/1'],
    ['расптие', '440/1'],
    ['хулигнство', '434/1'],
    ['qoqys', '434-2/1'],
    ['мусор', '434-2/1'],
    ['smoking', '441/1'],
    ['пешеход', '615/1'],
  ])('%s finds %s first', (query, id) => {
    expect(search(query, ENTRIES)[0] ?? null).toBe(id);
  });

  test('every word asked for must be there', () => {
    expect(search('хулиганство повторно', ENTRIES)[0]).toBe('434/2');
    expect(search('хулиганство аэропорт', ENTRIES)).toEqual([]);
  });

  test('nothing asked, nothing found', () => {
    expect(search('  ', ENTRIES)).toEqual([]);
  });

  test('a row that is not verified stands behind one that is', () => {
    expect(search('440', ENTRIES)).toEqual(['440/1', '440/2–3']);
  });
});

test('Kazakh letters, Latin and Russian meet in one spelling', () => {
  expect(fold('Әңгіме')).toBe(fold('ангиме'));
  expect(fold('Қазақ жол')).toBe(fold('Qazaq jol'));
  expect(fold('  Щука, 5-бап ')).toBe('shuka 5-bap');
});

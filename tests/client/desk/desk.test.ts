/** The desk's own sense: who has which rooms, what a key means, what a list may say of itself. */
import type { App, Kept } from 'client/port';
import { read_address, write_address } from 'client/screens/desk/address';
import { chosen_rows, meets } from 'client/screens/desk/choosing';
import { on_day, possible } from 'client/screens/desk/deeds';
import { deed_of, KEYS, type Press, room_of } from 'client/screens/desk/keys';
import { as_of, knowledge, nothing_said, pulse_said } from 'client/screens/desk/knowledge';
import { Names } from 'client/screens/desk/names';
import { decides, rooms_for } from 'client/screens/desk/rooms';
import { SHEETS } from 'client/screens/desk/sheets';
import type { Body, Role } from 'client/sync/contract.gen';
import { desk as en } from 'client/words/desk/en';
import { desk as kk } from 'client/words/desk/kk';
import { desk as ru } from 'client/words/desk/ru';
import 'client/words/attention';
import 'client/words/desk';
import { know, LANGUAGES, say, speak } from 'client/words';
import { beforeAll, describe, expect, test } from 'vitest';

beforeAll(async () => {
  await know('ru');
  speak('ru');
});

const KNOWN = {
  silent: false,
  caught_up: true,
  exchanging: false,
  online: true,
  as_of: Date.UTC(2026, 10, 22, 8, 48, 12),
  heard: Date.UTC(2026, 10, 22, 8, 48, 20),
  records: 10,
};

describe('the rooms', () => {
  const names = (role: Role) => rooms_for(role).map(({ name }) => name);

  test('follow the rights of the contract', () => {
    expect(names('administrator')).toEqual(['people', 'mine', 'more']);
    expect(names('operator')).toEqual(['shifts', 'people', 'routes', 'mine', 'more']);
    expect(names('auditor')).toContain('accesses');
    expect(names('auditor')).not.toContain('violations');
    expect(names('dispatcher')).not.toContain('accesses');
  });

  test('who may decide about records of others is told by them too', () => {
    expect(decides('shift', 'planner')).toBe(true);
    expect(decides('shift', 'dispatcher')).toBe(false);
    expect(decides('shift', 'officer')).toBe(false);
    expect(decides('assist', 'leader')).toBe(true);
  });
});

describe('the keys', () => {
  const press = (code: string, key: string, more: Partial<Press> = {}): Press => ({
    code,
    key,
    shiftKey: false,
    ctrlKey: false,
    altKey: false,
    metaKey: false,
    ...more,
  });

  test('mean the same on a Russian layout as on a Latin one', () => {
    expect(deed_of(press('KeyJ', 'о'))).toBe('next');
    expect(deed_of(press('Digit7', '?', { shiftKey: true }))).toBe('help');
    expect(deed_of(press('Slash', '?', { shiftKey: true }))).toBe('help');
    expect(deed_of(press('Slash', '.'))).toBe('command');
  });

  test('of the browser are left to it', () => {
    expect(deed_of(press('KeyC', 'c', { ctrlKey: true }))).toBeNull();
    expect(deed_of(press('KeyD', 'd', { metaKey: true }))).toBeNull();
  });

  test('are each bound once, and every one has its words', () => {
    const codes = KEYS.flatMap((line) => line.codes);
    expect(new Set(codes).size).toBe(codes.length);
    for (const { title, part } of KEYS) expect([say(title), say(part)]).not.toContain('');
  });

  test('lead to no room that the role has not', () => {
    expect(room_of('KeyV', 'dispatcher')).toBe('violations');
    expect(room_of('KeyV', 'operator')).toBeNull();
  });
});

describe('what a list says of itself', () => {
  test('known is as of a second, and only what is known may be empty', () => {
    expect(knowledge(KNOWN)).toBe('known');
    expect(as_of(KNOWN)).toBe('на 13:48:12');
    expect(nothing_said(KNOWN, false).heading).toBe('Здесь пока ничего нет');
    expect(nothing_said(KNOWN, true).heading).toBe('Под эти условия ничего не подходит');
  });

  test.each([
    ['silent', { silent: true }],
    ['behind', { caught_up: false }],
    ['behind', { caught_up: false, exchanging: true, online: false }],
  ] as const)('%s is never empty, but not known since a time', (name, signs) => {
    const truth = { ...KNOWN, ...signs };
    expect(knowledge(truth)).toBe(name);
    expect(nothing_said(truth, false).heading).toBe('Неизвестно с 13:48:12');
  });

  test('while it fills it says so, with how much there is', () => {
    const truth = { ...KNOWN, caught_up: false, exchanging: true, as_of: 0, records: 4_300 };
    expect(nothing_said(truth, false).heading).toBe('Загружаем…');
    expect(pulse_said(truth)).toContain('4300');
    expect(as_of(truth)).toBe('загружается');
  });

  test('of which nothing was ever heard has no time to name', () => {
    const truth = { ...KNOWN, silent: true, heard: 0, as_of: 0, caught_up: false };
    expect(nothing_said(truth, false).heading).toBe('Ещё неизвестно');
    expect(pulse_said(truth)).toBe('Нет связи');
  });
});

describe('the address', () => {
  test('has the room and its conditions, and comes back as it was', () => {
    const conditions = { district: 'ALM', article: '440-1', status: 'logged' };
    const hash = write_address('violations', conditions);
    expect(hash).toBe('#violations?district=ALM&article=440-1&status=logged');
    expect(read_address(hash)).toEqual({ room: 'violations', conditions });
  });

  test('has no place for what was looked for, nor for a person', () => {
    const { conditions } = read_address('#violations?text=Somebody&iin=951231201375&person=x');
    expect(conditions).toEqual({});
    expect(read_address(`#people?role=${'x'.repeat(40)}`).conditions).toEqual({});
  });
});

const DISTRICT = { id: 'd', kind: 'district', version: 1, waiting: false };
const APP = {
  record: (_kind: string, id: string) =>
    id === 'p' ? { body: { name: 'Қасым Әлия', call_sign: 'А-117' } } : null,
  all: () => [{ ...DISTRICT, body: { code: 'ALM', name_ru: 'Алмалинский район' } }],
} as unknown as App;

describe('the choice of rows', () => {
  const names = new Names(APP);
  const row = (id: string, version: number, body: Body): Kept<Body> => ({
    id,
    kind: 'violation',
    version,
    waiting: version === 0,
    body: { officer: 'p', district: 'ALM', article: '440-1', happened: 1_000, ...body },
  });
  const rows = [
    row('one', 3, { place: 'Абай' }),
    row('two', 7, { district: 'MED', happened: 900 }),
    row('mine', 0, { article: '434-1' }),
  ];
  const chosen = (wanted: object) =>
    chosen_rows(
      rows,
      SHEETS.violations,
      { conditions: {}, text: '', sort: null, recent: false, now: 2_000, ...wanted },
      names,
    ).map(({ id }) => id);

  test('is by arrival, what has not arrived yet first', () => {
    expect(chosen({})).toEqual(['mine', 'two', 'one']);
  });

  test('is narrowed by each condition', () => {
    expect(chosen({ conditions: { district: 'MED' } })).toEqual(['two']);
    expect(chosen({ conditions: { article: '440-1', district: 'ALM' } })).toEqual(['one']);
  });

  test('forgives how a word is spelled', () => {
    expect(chosen({ text: 'abai' })).toEqual(['one']);
    expect(chosen({ text: 'касым' })).toHaveLength(3);
    expect(chosen({ text: 'f,fq' })).toEqual(['one']);
  });

  test('is ordered by a column, up or down', () => {
    expect(chosen({ sort: { column: 0, down: false } })[0]).toBe('two');
    expect(chosen({ sort: { column: 1, down: false } })[0]).toBe('mine');
  });

  test('takes one of several facts', () => {
    expect(meets({ status: ['planned', 'running'] }, { status: 'running' }, ['status'])).toBe(true);
    expect(meets({ status: 'planned' }, { status: 'running' }, ['status'])).toBe(false);
  });
});

describe('the deeds', () => {
  const record = (kind: string, state: string): Kept<Body> => ({
    id: 'x',
    kind,
    version: 1,
    waiting: false,
    body: { state },
  });
  const deeds = (kind: string, state: string, role: Role) =>
    possible(record(kind, state), role).map(({ deed }) => deed);

  test('are those of the state and of the role', () => {
    expect(deeds('shift', 'planned', 'supervisor')).toEqual(['edit', 'cancel']);
    expect(deeds('shift', 'started', 'planner')).toEqual(['edit']);
    expect(deeds('shift', 'planned', 'dispatcher')).toEqual([]);
    expect(deeds('assist', 'submitted', 'leader')).toEqual(['confirm', 'decline']);
    expect(deeds('assist', 'declined', 'supervisor')).toEqual(['confirm']);
    expect(deeds('violation', 'logged', 'supervisor')).toEqual([]);
  });

  test('a time belongs to the day of the shift, an end before the start to the next', () => {
    const starts = on_day('2026-11-22', '20:00') ?? 0;
    expect(new Date(starts).toISOString()).toBe('2026-11-22T15:00:00.000Z');
    expect(on_day('2026-11-22', '08:00', starts)).toBe(starts + 12 * 3_600_000);
    expect(on_day('2026-11-22', '25:00')).toBeNull();
  });
});

test('the chapter of the desk is whole in each language, with the same holes', () => {
  const chapters = { kk, ru, en };
  const holes = (text: unknown) =>
    String(text)
      .match(/\{\w+\}/g)
      ?.sort() ?? [];
  for (const name of LANGUAGES) {
    expect(Object.keys(chapters[name])).toEqual(Object.keys(ru));
    for (const key of Object.keys(ru) as (keyof typeof ru)[])
      expect(holes(chapters[name][key]), key).toEqual(holes(ru[key]));
  }
});

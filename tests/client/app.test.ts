/** The pocket as the screens have it: what is saved is kept, and is carried when there is a way. */
import 'fake-indexeddb/auto';
import { Kezek, type Server } from 'client/app';
import type { Me } from 'client/port';
import type { Answer, Ask, Change, Outcome } from 'client/sync/contract.gen';
import { digest } from 'client/sync/letter';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const OFFICER = '019a0000-0000-7000-8000-00000000000a';
const SAID = { offence: OFFICER, article: '440-1', happened: 1, measure: 'remark' };
type Reply = Awaited<ReturnType<Server['exchange']>>;

/** A store of one device: it takes every letter and says what becomes of it. */
class Store implements Server {
  mood: 'open' | 'offline' | 'not_signed_in' | 'cut' = 'open';
  becomes: Outcome = 'applied';
  code = '';
  devices: string[] = [];
  asked: Ask[] = [];
  letters: Change[] = [];
  signed_out = 0;

  async sign_in(_login: string, password: string, device: string) {
    if (this.mood === 'offline') return { is: 'offline' } as const;
    if (password !== 'right') return { is: 'fault', code: 'sign_in_refused', wait: 0 } as const;
    this.devices.push(device);
    const value: Me = {
      person: OFFICER,
      name: 'Somebody',
      role: 'officer',
      district: 'ALM',
      formation: '',
      device,
    };
    return { is: 'answer', value } as const;
  }

  async sign_out() {
    if (this.mood === 'offline') return { is: 'offline' } as const;
    this.signed_out += 1;
    return { is: 'answer', value: null } as const;
  }

  async exchange(message: string): Promise<Reply> {
    if (this.mood === 'offline') return { is: 'offline' };
    if (this.mood === 'not_signed_in') return { is: 'fault', code: this.mood, wait: 0 };
    const [head = '', ...rest] = message.trimEnd().split('\n');
    const ask: Ask = JSON.parse(head);
    this.asked.push(ask);
    const lines = rest.slice(0, -1);
    this.letters.push(...lines.map((line): Change => JSON.parse(line)));
    const answer = this.answer(ask, lines);
    if (this.mood === 'cut') return { is: 'answer', value: `${answer.slice(0, -3)}\n` };
    return { is: 'answer', value: answer };
  }

  private answer(ask: Ask, lines: string[]): string {
    const said = lines.map((line): Change => JSON.parse(line));
    const last = lines.at(-1);
    const head = last ? { work: [said.at(-1)?.seq, digest(last)] } : ask.heads;
    const own = `person:${OFFICER}/violation/-`;
    const records = lines.map((line, n) => {
      const { kind, id, set } = JSON.parse(line);
      const [version, letter] = [ask.at + n + 1, digest(line)];
      return `{"in":[0],"record":${JSON.stringify({ kind, id, version, letter, body: set })}}`;
    });
    const taken = this.becomes === 'applied' ? records : [];
    const answer: Partial<Answer> = {
      turn: ask.turn,
      epoch: 'e',
      mark: '',
      now: Date.now() + 60_000,
      heads: head as Answer['heads'],
      outcomes: said.map(({ seq }, n) => ['work', seq, this.becomes, this.code, ask.at + n + 1, 0]),
      view: 'v',
      feeds: [[own, 1, Date.now() + 1e9]],
      at: ask.at + lines.length,
      open: {},
      narrow: {},
      more: false,
      next: [3600, 0],
      limits: [1_048_576, 200],
    };
    return `${[JSON.stringify(answer), ...taken, `{"end":${taken.length}}`].join('\n')}\n`;
  }
}

let store: Store;
const opened: Kezek[] = [];
async function open(): Promise<Kezek> {
  const app = await Kezek.open(store, () => () => undefined);
  opened.push(app);
  return app;
}
async function signed_in(): Promise<Kezek> {
  const app = await open();
  expect(await app.sign_in('Officer1 ', 'right')).toBe('');
  return app;
}
const states = (app: Kezek) => app.outbox().map(({ state }) => state);

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  store = new Store();
});
afterEach(() => {
  for (const app of opened.splice(0)) app.close();
});

describe('a violation', () => {
  test('is carried and becomes a record of the store', async () => {
    const app = await signed_in();
    const id = await app.save('violation', SAID);
    await vi.waitFor(() => expect(states(app)).toEqual(['stored']));
    const seen = app.record('violation', id);
    expect(seen).toMatchObject({ waiting: false, body: { officer: OFFICER, district: 'ALM' } });
    expect(app.truth()).toMatchObject({ online: true, waiting: 0, attention: 0, fault: '' });
    expect(Math.abs(app.now() - Date.now() - 60_000)).toBeLessThan(1_000);
  });

  test('with its subject is two letters that stand or fall together, and one line', async () => {
    const app = await signed_in();
    await app.save('violation', SAID, { name: 'Invented', iin: '890101100006' });
    await vi.waitFor(() => expect(states(app)).toEqual(['stored']));
    expect(store.letters.map(({ kind, group }) => [kind, group?.n, group?.of])).toEqual([
      ['violation', 1, 2],
      ['subject', 2, 2],
    ]);
    const [violation, subject] = store.letters;
    expect(subject?.set).toMatchObject({ violation: violation?.id, district: 'ALM' });
    expect(violation?.set).toMatchObject({ subject: 'person' });
    expect(JSON.stringify(violation?.set)).not.toContain('Invented');
  });

  test('without a network waits, is seen, and survives a restart', async () => {
    const app = await signed_in();
    store.mood = 'offline';
    const id = await app.save('violation', SAID);
    await vi.waitFor(() => expect(app.truth()).toMatchObject({ online: false, waiting: 1 }));
    app.close();
    const again = await open();
    expect(again.me()).toMatchObject({ name: 'Somebody', role: 'officer' });
    expect(again.record('violation', id)).toMatchObject({ waiting: true, version: 0 });
    store.mood = 'open';
    again.exchange();
    await vi.waitFor(() => expect(states(again)).toEqual(['stored']));
  });

  test('whose answer was cut is offered again, the same letter', async () => {
    const app = await signed_in();
    await vi.waitFor(() => expect(app.truth().exchanging).toBe(false));
    store.mood = 'cut';
    await app.save('violation', SAID);
    await vi.waitFor(() => expect(app.truth().online).toBe(false));
    store.mood = 'open';
    app.exchange();
    await vi.waitFor(() => expect(states(app)).toEqual(['stored']));
    expect(store.letters.map(({ seq }) => seq)).toEqual([1, 1]);
    const turns = store.asked.map(({ turn }) => turn);
    expect(turns).toEqual([...new Set(turns)].sort((a, b) => a - b));
  });

  test('that was refused stays to be seen, and asks for attention', async () => {
    const app = await signed_in();
    store.becomes = 'rejected';
    const id = await app.save('violation', SAID);
    await vi.waitFor(() => expect(app.truth().attention).toBe(1));
    expect(app.record('violation', id)).toMatchObject({ body: { article: '440-1' } });
  });
});

const settled = (app: Kezek) =>
  vi.waitFor(() => expect([app.truth().waiting, app.truth().exchanging]).toEqual([0, false]));

describe('what does not stand', () => {
  const PERSON = { name: 'Invented', iin: '890101100006' };

  test('a refused violation is written anew under its id, with its person, and calls no more', async () => {
    const app = await signed_in();
    store.becomes = 'rejected';
    const id = await app.save('violation', SAID, PERSON);
    await vi.waitFor(() => expect(app.truth().attention).toBe(1));
    expect(app.concerns()).toMatchObject([{ kind: 'violation', id, task: 'mend', left: false }]);
    const subject = app.subject_of(id);
    const { mine, theirs } = app.sides('violation', id);
    expect([mine?.article, theirs]).toEqual(['440-1', null]);

    store.becomes = 'applied';
    await app.amend(
      'violation',
      id,
      { ...mine, text: 'mended' },
      app.sides('subject', subject).mine ?? {},
    );
    await settled(app);
    const [, , violation, person] = store.letters;
    expect([violation?.id, person?.id, person?.kind]).toEqual([id, subject, 'subject']);
    expect([violation?.base, violation?.over, violation?.group?.of]).toEqual([0, 0, 2]);
    expect(violation?.set).toMatchObject({ article: '440-1', text: 'mended' });
    expect(app.concerns()).toEqual([]);
    expect(app.outbox().map(({ state, answered }) => [state, answered])).toEqual([
      ['stored', ''],
      ['rejected', 'mended'],
    ]);
  });

  test('of a record that the store has only the atoms that differ are sent, on its version', async () => {
    const app = await signed_in();
    const assist = { activity: 'patrol', place: 'here', lat: null, text: 'one', happened: 1 };
    const id = await app.save('assist', assist);
    await settled(app);
    store.becomes = 'superseded';
    const said = app.sides('assist', id).mine ?? {};
    await app.amend('assist', id, { ...said, text: 'two', state: 'confirmed' });
    await vi.waitFor(() => expect(app.truth().attention).toBe(1));
    const amended = store.letters.at(-1);
    expect(amended?.set).toEqual({ activity: 'patrol', text: 'two', officer: '' });
    expect(amended?.base).toBe(app.record('assist', id)?.version);
    const { mine, theirs } = app.sides('assist', id);
    expect([mine?.text, theirs?.text]).toEqual(['two', 'one']);
    expect(app.concerns()).toMatchObject([{ task: 'decided', state: 'superseded' }]);
  });

  test('what is left as it is stays left after a restart, and can be taken back', async () => {
    const app = await signed_in();
    store.becomes = 'rejected';
    const id = await app.save('violation', SAID);
    await vi.waitFor(() => expect(app.truth().attention).toBe(1));
    await app.leave('violation', id, true);
    expect([app.truth().attention, app.record('violation', id)]).toEqual([0, null]);
    app.close();
    const again = await open();
    expect(again.concerns()).toMatchObject([{ id, left: true }]);
    await again.leave('violation', id, false);
    expect(again.truth().attention).toBe(1);
    expect(again.sides('violation', id).mine).toMatchObject({ article: '440-1' });
  });

  test('what is parked waits for others, and cannot be left', async () => {
    const app = await signed_in();
    store.becomes = 'parked';
    const id = await app.save('violation', SAID);
    await vi.waitFor(() => expect(app.truth().attention).toBe(1));
    await app.leave('violation', id, true);
    expect(app.concerns()).toMatchObject([{ task: 'review', left: false }]);
  });

  test('of a copied phone nothing is sent: its author is told, and offered no mend', async () => {
    const app = await signed_in();
    store.becomes = 'parked';
    store.code = 'fork';
    const id = await app.save('violation', SAID);
    await vi.waitFor(() => expect(app.truth().attention).toBe(1));
    expect(app.concerns()).toMatchObject([{ task: 'review', code: 'fork' }]);
    expect(app.sides('violation', id).copied).toBe(true);
  });

  test('the draft of a mend stands apart from that of a new record', async () => {
    const app = await signed_in();
    await app.keep_draft({ kind: 'assist', fields: { text: 'new' }, saved: 1 });
    await app.keep_draft({ kind: 'assist/x', fields: { text: 'mend' }, saved: 1 });
    await app.drop_draft('assist/x');
    expect(await app.draft('assist')).toMatchObject({ fields: { text: 'new' } });
    expect(await app.draft('assist/x')).toBeNull();
  });
});

describe('who is here', () => {
  test('an ended session loses nothing: signing in again goes on where it stood', async () => {
    const app = await signed_in();
    await vi.waitFor(() => expect(app.truth().exchanging).toBe(false));
    store.mood = 'not_signed_in';
    await app.save('violation', SAID);
    await vi.waitFor(() => expect(app.truth().fault).toBe('not_signed_in'));
    expect(app.me()).not.toBeNull();
    store.mood = 'open';
    expect(await app.sign_in('officer1', 'right')).toBe('');
    await vi.waitFor(() => expect(states(app)).toEqual(['stored']));
    expect(new Set(store.devices).size).toBe(1);
  });

  test('another spelling of the login keeps the name of the device', async () => {
    const app = await signed_in();
    const device = app.me()?.device;
    await app.sign_out();
    expect(await app.sign_in('officer-one', 'right')).toBe('');
    expect(app.me()?.device).toBe(device);
    expect(store.devices.at(-1)).toBe(device);
  });

  test('a wrong password and no network are told apart', async () => {
    const app = await open();
    expect(await app.sign_in('officer1', 'wrong')).toBe('sign_in_refused');
    store.mood = 'offline';
    expect(await app.sign_in('officer1', 'right')).toBe('offline');
    expect(app.me()).toBeNull();
  });

  test('signing out lets go of records, keeps what was not handed in, and is told later', async () => {
    const app = await signed_in();
    const id = await app.save('violation', SAID);
    await vi.waitFor(() => expect(states(app)).toEqual(['stored']));
    store.mood = 'offline';
    await app.save('violation', SAID);
    await app.sign_out();
    expect([app.me(), app.all('violation')]).toEqual([null, []]);
    app.close();
    store.mood = 'open';
    const again = await open();
    expect(store.signed_out).toBe(1);
    await again.sign_in('officer1', 'right');
    expect(again.record('violation', id)).toBeNull();
    await vi.waitFor(() => expect(states(again)).toEqual(['stored', 'stored']));
  });
});

test('the file carried by hand has the letters, asks for nothing and does not count them', async () => {
  const app = await signed_in();
  store.mood = 'offline';
  await app.save('violation', SAID);
  const lines = (await (await app.export_outbox()).text()).trimEnd().split('\n');
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ view: null, letters: [['work', 1, 1]] });
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ seq: 1, kind: 'violation' });
  expect(lines[2]).toBe('{"end":1}');
  expect(app.truth().waiting).toBe(1);
});

test('a choice of the language is kept', async () => {
  const app = await open();
  app.set_setting('language', 'ru');
  await vi.waitFor(async () => expect((await open()).setting('language')).toBe('ru'));
});

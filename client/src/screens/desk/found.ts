/** What the command line finds: rooms, people by call sign, routes by code, violations by article. */

import { fold, other_layout } from '../../parts/fold';
import type { App, Kept } from '../../port';
import type { Person, Role, Route, Violation } from '../../sync/contract.gen';
import { named, say } from '../../words';
import { type RoomName, rooms_for } from './rooms';

export interface Found {
  what: 'room' | 'person' | 'route' | 'article' | 'help';
  title: string;
  note: string;
  room: RoomName;
  /** The record, or the article. */
  id: string;
}

const MOST = 8;

/** The best first: what begins with the words before what has them inside. */
export function found(app: App, role: Role, text: string): Found[] {
  const spellings = [...new Set([text, other_layout(text)].map(fold))].filter(Boolean);
  if (spellings.length === 0) return [];
  const rank = (words: string): number => {
    const said = fold(words);
    const ranks = spellings.map((one) => (said.startsWith(one) ? 2 : said.includes(one) ? 1 : 0));
    return Math.max(...ranks);
  };
  const all = candidates(app, role).map((one) => ({ one, rank: rank(one.title) }));
  const fitting = all.filter((each) => each.rank > 0).sort((a, b) => b.rank - a.rank);
  return fitting.slice(0, MOST).map(({ one }) => one);
}

function candidates(app: App, role: Role): Found[] {
  const rooms = rooms_for(role);
  const has = (name: RoomName) => rooms.some((room) => room.name === name);
  const list: Found[] = rooms.map(({ name, title }) => ({
    what: 'room',
    title: say(title),
    note: say('command_room'),
    room: name,
    id: '',
  }));
  list.push({ what: 'help', title: 'help', note: say('command_help'), room: 'more', id: '' });
  if (has('violations')) list.push(...articles(app));
  if (has('routes')) list.push(...app.all<Route>('route').map(route));
  if (has('people')) list.push(...app.all<Person>('person').map(person));
  return list;
}

function articles(app: App): Found[] {
  const known = new Set(app.all<Violation>('violation').map(({ body }) => body.article));
  return [...known].map((article) => ({
    what: 'article',
    title: article,
    note: say('command_article'),
    room: 'violations',
    id: article,
  }));
}

function route({ id, body }: Kept<Route>): Found {
  return { what: 'route', title: body.code, note: named(body, 'name'), room: 'routes', id };
}

function person({ id, body }: Kept<Person>): Found {
  return { what: 'person', title: body.call_sign, note: body.name, room: 'people', id };
}

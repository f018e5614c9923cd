/** What each list of the desk is made of: its kind, its columns, and by what it can be narrowed. */

import type { Kept } from '../../port';
import type {
  Assist,
  Body,
  KindName,
  Person,
  Route,
  Shift,
  Violation,
} from '../../sync/contract.gen';
import { type Key, named, say } from '../../words';
import { date, moment, same_day } from '../../words/moments';
import type { Facet } from './address';
import type { Names } from './names';

export interface Column<B> {
  title: Key;
  /** A track of the grid. */
  width: string;
  text(row: Kept<B>, names: Names, now: number): string;
  /** What it is ordered by, where not by its text. */
  by?(row: Kept<B>): number;
}

export interface Sheet<B = Body> {
  kind: KindName;
  title: Key;
  columns: readonly Column<B>[];
  facets: readonly Facet[];
  statuses: readonly string[];
  /** What a row is, by each facet; several where it is several at once. */
  facts(row: Kept<B>, now: number): { [facet in Facet]?: string | readonly string[] };
  /** By what a text finds it. */
  words(row: Kept<B>, names: Names): string;
  /** Largest first, until a column is chosen. */
  rank(row: Kept<B>, now: number): number;
  /** Whether it belongs to this day's work. */
  recent(row: Kept<B>, now: number): boolean;
}

const DAY_MS = 86_400_000;
/** What has not reached the store yet stands before all that has. */
const arrival = ({ version }: { version: number }) => version || Number.MAX_SAFE_INTEGER;

const VIOLATIONS: Sheet<Violation> = {
  kind: 'violation',
  title: 'room_violations',
  columns: [
    {
      title: 'column_time',
      width: 'minmax(7.5rem, 9rem)',
      text: ({ body }, _, now) => moment(body.happened, now),
      by: ({ body }) => body.happened,
    },
    { title: 'column_article', width: '5rem', text: ({ body }) => body.article },
    {
      title: 'column_what',
      width: 'minmax(8rem, 2fr)',
      text: ({ body }, names) => names.offence(body.offence, body.article),
    },
    { title: 'column_place', width: 'minmax(6rem, 1.4fr)', text: ({ body }) => body.place ?? '' },
    {
      title: 'column_district',
      width: 'minmax(5rem, 1fr)',
      text: ({ body }, names) => names.quarter(body.district),
    },
    {
      title: 'column_who',
      width: '5.5rem',
      text: ({ body }, names) => names.call_sign(body.officer),
    },
    { title: 'column_measure', width: '8.75rem', text: ({ body }) => say(body.measure) },
    {
      title: 'column_state',
      width: '7.5rem',
      text: ({ body }) => say(`step_${body.state ?? 'logged'}`),
    },
  ],
  facets: ['district', 'article', 'status'],
  statuses: ['logged', 'returned', 'accepted', 'annulled'],
  facts: ({ body }) => ({
    district: body.district,
    article: body.article,
    status: body.state ?? 'logged',
  }),
  words: ({ body }, names) =>
    [
      body.article,
      names.offence(body.offence, body.article),
      body.place,
      body.text,
      names.who(body.officer),
      names.route(body.route ?? ''),
    ].join(' '),
  rank: arrival,
  recent: ({ body }, now) => body.happened > now - DAY_MS,
};

function running({ starts, ends, state }: Shift, now: number): boolean {
  return starts <= now && now < ends && state !== 'cancelled' && state !== 'ended';
}

const SHIFTS: Sheet<Shift> = {
  kind: 'shift',
  title: 'room_shifts',
  columns: [
    {
      title: 'column_time',
      width: 'minmax(10rem, 12rem)',
      text: ({ body }, names) => `${date(body.starts)}, ${names.times(body)}`,
      by: ({ body }) => body.starts,
    },
    {
      title: 'column_call_sign',
      width: '6.5rem',
      text: ({ body }, names) => names.call_sign(body.person),
    },
    {
      title: 'column_name',
      width: 'minmax(8rem, 1.6fr)',
      text: ({ body }, names) => names.person(body.person)?.name ?? say('not_in_view'),
    },
    {
      title: 'column_route',
      width: 'minmax(7rem, 1fr)',
      text: ({ body }, names) =>
        body.route ? names.route(body.route) : say(`post_${body.post ?? 'patrol'}`),
    },
    {
      title: 'column_district',
      width: 'minmax(6rem, 1fr)',
      text: ({ body }, names) => names.quarter(body.district),
    },
    {
      title: 'column_state',
      width: '9rem',
      text: ({ body }) => say(`step_${body.state}`),
    },
  ],
  facets: ['district', 'status'],
  statuses: ['running', 'planned', 'started', 'ended', 'cancelled'],
  facts: ({ body }, now) => ({
    district: body.district,
    status: running(body, now) ? [body.state, 'running'] : body.state,
  }),
  words: ({ body }, names) => `${names.who(body.person)} ${names.route(body.route)}`,
  // What runs now first, then what is nearest to now.
  rank: ({ body }, now) => -Math.max(0, body.starts - now, now - body.ends),
  recent: ({ body }, now) => same_day(body.starts, now) || (body.starts < now && body.ends > now),
};

const ASSISTS: Sheet<Assist> = {
  kind: 'assist',
  title: 'room_assists',
  columns: [
    {
      title: 'column_time',
      width: 'minmax(7.5rem, 9rem)',
      text: ({ body }, _, now) => moment(body.happened, now),
      by: ({ body }) => body.happened,
    },
    {
      title: 'column_what',
      width: 'minmax(8rem, 1.4fr)',
      text: ({ body }) => say(`activity_${body.activity}`),
    },
    { title: 'column_place', width: 'minmax(6rem, 1.2fr)', text: ({ body }) => body.place ?? '' },
    {
      title: 'column_who',
      width: '6.5rem',
      text: ({ body }, names) => names.call_sign(body.member),
    },
    {
      title: 'column_formation',
      width: 'minmax(8rem, 1.4fr)',
      text: ({ body }, names) => names.formation(body.formation),
    },
    {
      title: 'column_state',
      width: '9.5rem',
      text: ({ body }) => say(`step_${body.state ?? 'submitted'}`),
    },
  ],
  facets: ['district', 'status'],
  statuses: ['submitted', 'confirmed', 'declined'],
  facts: ({ body }) => ({ district: body.district, status: body.state ?? 'submitted' }),
  words: ({ body }, names) =>
    [say(`activity_${body.activity}`), body.place, body.text, names.who(body.member)].join(' '),
  rank: arrival,
  recent: ({ body }, now) => body.happened > now - DAY_MS,
};

const PEOPLE: Sheet<Person> = {
  kind: 'person',
  title: 'room_people',
  columns: [
    { title: 'column_call_sign', width: '7rem', text: ({ body }) => body.call_sign },
    { title: 'column_name', width: 'minmax(9rem, 1.6fr)', text: ({ body }) => body.name },
    {
      title: 'column_role',
      width: 'minmax(8rem, 1.3fr)',
      text: ({ body }) => say(`role_${body.role}`),
    },
    { title: 'column_unit', width: 'minmax(8rem, 1.5fr)', text: ({ body }) => body.unit },
    {
      title: 'column_district',
      width: 'minmax(6rem, 1fr)',
      text: ({ body }, names) => names.quarter(body.district),
    },
  ],
  facets: ['district', 'role'],
  statuses: [],
  facts: ({ body }) => ({ district: body.district, role: body.role }),
  words: ({ body }) => `${body.call_sign} ${body.name} ${body.unit}`,
  rank: () => 0,
  recent: () => true,
};

const ROUTES: Sheet<Route> = {
  kind: 'route',
  title: 'room_routes',
  columns: [
    { title: 'column_route', width: '8rem', text: ({ body }) => body.code },
    { title: 'column_name', width: 'minmax(10rem, 2fr)', text: ({ body }) => named(body, 'name') },
    {
      title: 'column_means',
      width: '7.5rem',
      text: ({ body }) => say(body.means === 'foot' ? 'on_foot' : 'by_vehicle'),
    },
    {
      title: 'column_checkpoints',
      width: '7rem',
      text: ({ body }) => String(body.checkpoints.length),
      by: ({ body }) => body.checkpoints.length,
    },
    {
      title: 'column_district',
      width: 'minmax(6rem, 1fr)',
      text: ({ body }, names) => names.quarter(body.district),
    },
  ],
  facets: ['district', 'means'],
  statuses: [],
  facts: ({ body }) => ({ district: body.district, means: body.means }),
  words: ({ body }) => `${body.code} ${body.name_kk} ${body.name_ru}`,
  rank: () => 0,
  recent: () => true,
};

/** By room; a row is given back to the sheet that it came from, and to no other. */
export const SHEETS = {
  violations: VIOLATIONS as unknown as Sheet,
  shifts: SHIFTS as unknown as Sheet,
  assists: ASSISTS as unknown as Sheet,
  people: PEOPLE as unknown as Sheet,
  routes: ROUTES as unknown as Sheet,
};
export type SheetName = keyof typeof SHEETS;

export function sheet_of(kind: string): SheetName | null {
  const names = Object.keys(SHEETS) as SheetName[];
  return names.find((name) => SHEETS[name].kind === kind) ?? null;
}

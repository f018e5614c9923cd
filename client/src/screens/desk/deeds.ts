/** What may be done with a record at the desk, by its state and by the role's rights. */

import type { App, Kept } from '../../port';
import type { Assist, Body, KindName, Role, Route, Shift } from '../../sync/contract.gen';
import { ATOMS } from '../../sync/contract.gen';
import type { Key } from '../../words';
import { ALMATY } from '../../words/moments';
import type { Deed } from './keys';
import { decides } from './rooms';

/** Something that is asked for, and written a little later unless it is undone. */
export interface Asked {
  done: Key;
  what: string;
  kind: KindName;
  id: string;
  set: Body;
}

export interface Possible {
  deed: Deed;
  title: Key;
  cap: string;
  tone: '' | 'main' | 'bad';
  /** What is written; null where a form says it. */
  done: Key;
  set: Body | null;
}

/** The steps that its state may take, as the contract has them. */
function may_become(kind: KindName, atom: string, from: string, to: string): boolean {
  return ATOMS[kind][atom]?.steps[from]?.includes(to) ?? false;
}

export function possible(row: Kept<Body>, role: Role): Possible[] {
  const kind = row.kind as KindName;
  if ((kind !== 'shift' && kind !== 'assist') || !decides(kind, role)) return [];
  const state = String(row.body.state ?? 'submitted');
  const all = kind === 'shift' ? SHIFT : ASSIST;
  return all.filter(({ set }) =>
    set
      ? may_become(kind, 'state', state, String(set.state))
      : ['planned', 'started'].includes(state),
  );
}

const SHIFT: readonly Possible[] = [
  {
    deed: 'edit',
    title: 'deed_change',
    cap: 'E',
    tone: '',
    done: 'deed_done_change',
    set: null,
  },
  {
    deed: 'cancel',
    title: 'deed_cancel',
    cap: 'X',
    tone: 'bad',
    done: 'deed_done_cancel',
    set: { state: 'cancelled' },
  },
];

const ASSIST: readonly Possible[] = [
  {
    deed: 'confirm',
    title: 'deed_confirm',
    cap: 'C',
    tone: 'main',
    done: 'deed_done_confirm',
    set: { state: 'confirmed' satisfies Assist['state'] },
  },
  {
    deed: 'decline',
    title: 'deed_decline',
    cap: 'D',
    tone: 'bad',
    done: 'deed_done_decline',
    set: { state: 'declined' satisfies Assist['state'] },
  },
];

const DAY_MS = 86_400_000;
const CLOCK = /^([01]?\d|2[0-3])[:.]?([0-5]\d)$/;

/** A clock's time on the day of a shift; an end before its start is of the next day. */
export function on_day(day: string, text: string, after = 0): number | null {
  const parts = CLOCK.exec(text.trim());
  if (!parts) return null;
  const minutes = Number(parts[1]) * 60 + Number(parts[2]);
  const at = Date.parse(`${day}T00:00:00Z`) - ALMATY + minutes * 60_000;
  return at > after ? at : at + DAY_MS;
}

/** The whole plan of a shift with another route or other times; a fault's key where it cannot be. */
export function planned(
  app: App,
  { body }: Kept<Shift>,
  said: { route: string; starts: string; ends: string },
): Body | Key {
  const starts = on_day(body.day, said.starts);
  const ends = starts === null ? null : on_day(body.day, said.ends, starts);
  if (starts === null || ends === null) return 'deed_time_wrong';
  const route = route_of(app, body, said.route);
  if (route === null) return 'deed_route_unknown';
  const { person, district, day, formation = '', post = 'patrol' } = body;
  return { person, post, route, district, formation, day, starts, ends };
}

/** A desk has no route; a patrol has one of its own district's. */
function route_of(app: App, body: Shift, code: string): string | null {
  if ((body.post ?? 'patrol') !== 'patrol') return '';
  const wanted = code.trim().toLowerCase();
  const found = app
    .all<Route>('route')
    .find((one) => one.body.district === body.district && one.body.code.toLowerCase() === wanted);
  return found?.id ?? null;
}

/** The rooms of the desk: a role has those of which the contract gives it something to read. */

import type { IconName } from '../../parts/icon';
import { type KindName, RIGHTS, type Role, type Scope, WATCHERS } from '../../sync/contract.gen';
import type { Key } from '../../words';

export type RoomName =
  | 'live'
  | 'shifts'
  | 'violations'
  | 'assists'
  | 'people'
  | 'routes'
  | 'accesses'
  | 'mine'
  | 'more';

export interface RoomLine {
  name: RoomName;
  /** After G: where it stands on any layout, and what is written there. */
  code: `Key${string}`;
  title: Key;
  icon: IconName;
  open(role: Role): boolean;
}

const MORE_THAN_OWN: readonly (Scope | undefined)[] = ['formation', 'district', 'all'];

/** Whether a role reads records of others, whoever they are. */
export function oversees(kind: KindName, role: Role): boolean {
  return MORE_THAN_OWN.includes(RIGHTS[kind][role]?.read);
}

/** Whether a role may change or decide records of others. */
export function decides(kind: KindName, role: Role): boolean {
  const rights = RIGHTS[kind][role];
  return MORE_THAN_OWN.includes(rights?.approve) || MORE_THAN_OWN.includes(rights?.change);
}

/** Whether a role may open one when it says why. */
export function opens(kind: KindName, role: Role): boolean {
  return RIGHTS[kind][role]?.open !== undefined;
}

const everybody = () => true;

export const ROOMS: readonly RoomLine[] = [
  {
    name: 'live',
    code: 'KeyC',
    title: 'room_live',
    icon: 'pin',
    open: (role) => oversees('violation', role) || oversees('shift', role),
  },
  {
    name: 'shifts',
    code: 'KeyS',
    title: 'room_shifts',
    icon: 'shift',
    open: (role) => RIGHTS.shift[role]?.read !== undefined,
  },
  {
    name: 'violations',
    code: 'KeyV',
    title: 'room_violations',
    icon: 'log',
    open: (role) => oversees('violation', role),
  },
  {
    name: 'assists',
    code: 'KeyA',
    title: 'room_assists',
    icon: 'people',
    open: (role) => oversees('assist', role),
  },
  {
    name: 'people',
    code: 'KeyP',
    title: 'room_people',
    icon: 'person',
    open: (role) => oversees('person', role),
  },
  {
    name: 'routes',
    code: 'KeyR',
    title: 'room_routes',
    icon: 'walk',
    open: (role) => oversees('route', role),
  },
  {
    name: 'accesses',
    code: 'KeyJ',
    title: 'room_accesses',
    icon: 'shield',
    open: (role) => WATCHERS.includes(role),
  },
  { name: 'mine', code: 'KeyW', title: 'room_mine', icon: 'eye', open: everybody },
  { name: 'more', code: 'KeyM', title: 'room_more', icon: 'more', open: everybody },
];

export function rooms_for(role: Role): RoomLine[] {
  return ROOMS.filter((room) => room.open(role));
}

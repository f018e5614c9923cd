/** Every key of the desk, once: what is bound and what `?` shows come from this table. */

import type { Role } from '../../sync/contract.gen';
import type { Key } from '../../words';
import { type RoomLine, type RoomName, rooms_for } from './rooms';

export type Deed =
  | 'next'
  | 'previous'
  | 'first'
  | 'last'
  | 'open'
  | 'back'
  | 'filter'
  | 'map'
  | 'swap'
  | 'history'
  | 'person'
  | 'cancel'
  | 'edit'
  | 'confirm'
  | 'decline'
  | 'undo'
  | 'now'
  | 'command'
  | 'help';

export interface KeyLine {
  deed: Deed;
  /** By the place of the key, which is the same on a Kazakh, a Russian and a Latin layout. */
  codes: readonly string[];
  /** What is shown on the key caps. */
  caps: readonly string[];
  title: Key;
  part: Key;
}

const LIST = 'keys_lists';
const DEEDS = 'keys_deeds';
const ALWAYS = 'keys_everywhere';

export const KEYS: readonly KeyLine[] = [
  line('next', ['KeyJ', 'ArrowDown'], ['J', '↓'], 'key_next', LIST),
  line('previous', ['KeyK', 'ArrowUp'], ['K', '↑'], 'key_previous', LIST),
  line('first', ['Home'], ['Home'], 'key_first', LIST),
  line('last', ['End'], ['End'], 'key_last', LIST),
  line('open', ['Enter', 'NumpadEnter'], ['Enter'], 'key_open', LIST),
  line('filter', ['KeyF'], ['F'], 'key_filter', LIST),
  line('map', ['KeyM'], ['M'], 'key_map', LIST),
  line('swap', ['KeyL'], ['L'], 'key_swap', LIST),
  line('history', ['KeyH'], ['H'], 'key_history', DEEDS),
  line('person', ['KeyP'], ['P'], 'key_person', DEEDS),
  line('cancel', ['KeyX'], ['X'], 'key_cancel', DEEDS),
  line('edit', ['KeyE'], ['E'], 'key_edit', DEEDS),
  line('confirm', ['KeyC'], ['C'], 'key_confirm', DEEDS),
  line('decline', ['KeyD'], ['D'], 'key_decline', DEEDS),
  line('undo', ['KeyU'], ['U'], 'key_undo', DEEDS),
  line('now', ['KeyS'], ['S'], 'key_now', DEEDS),
  line('command', ['Slash'], ['/'], 'key_command', ALWAYS),
  line('help', [], ['?'], 'key_help', ALWAYS),
  line('back', ['Escape'], ['Esc'], 'key_back', ALWAYS),
];

function line(
  deed: Deed,
  codes: readonly string[],
  caps: readonly string[],
  title: Key,
  part: Key,
): KeyLine {
  return { deed, codes, caps, title, part };
}

export interface Press {
  code: string;
  key: string;
  shiftKey: boolean;
  ctrlKey: boolean;
  altKey: boolean;
  metaKey: boolean;
}

/** What a key means in the desk; null: it is not ours. */
export function deed_of(press: Press): Deed | null {
  if (press.ctrlKey || press.altKey || press.metaKey) return null;
  // `?` is Shift and the slash's key on Latin layouts, Shift and 7 on the Russian one.
  if (press.key === '?' || (press.code === 'Slash' && press.shiftKey)) return 'help';
  if (press.key === '/') return 'command';
  if (press.shiftKey) return null;
  return KEYS.find(({ codes }) => codes.includes(press.code))?.deed ?? null;
}

/** The room of a letter after G. */
export function room_of(code: string, role: Role): RoomName | null {
  return rooms_for(role).find((room) => room.code === code)?.name ?? null;
}

export function cap_of(room: RoomLine): string {
  return room.code.slice(3);
}

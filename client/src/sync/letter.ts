/**
 * A change as first written: one line of text, hashed, sent and stored as those bytes.
 *
 * A letter has one canonical form: members in the order of `Change`, keys of bodies sorted, no
 * white space, integers only, shortest escapes. It is never written again.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Body, Change, Value, Void } from './contract.gen';

const LONE_SURROGATE = /\p{Surrogate}/gu;

/** SHA-256 of a line, in hex: the name of a letter. */
export function digest(line: string): string {
  return bytesToHex(sha256(utf8ToBytes(line)));
}

/** How many bytes a line has on its way. */
export function size_of(line: string): number {
  return utf8ToBytes(line).length;
}

/** The one line that says this change. */
export function write(change: Change | Void): string {
  return 'void' in change ? members(change, VOID) : members(change, CHANGE);
}

/** A body in its one form: keys sorted, no white space. Throws on what JSON cannot carry exactly. */
export function encode_body(body: Body): string {
  return encode(body);
}

/** What a line says; null where it cannot be read. */
export function says(line: string): Change | null {
  try {
    const said: Change | Void = JSON.parse(line);
    return 'void' in said ? null : said;
  } catch {
    return null;
  }
}

const CHANGE: readonly (keyof Change)[] = [
  'contract',
  'device',
  'author',
  'lane',
  'seq',
  'prev',
  'salt',
  'kind',
  'id',
  'base',
  'base_hash',
  'over',
  'group',
  'clock',
  'set',
  'add',
  'take',
];
const VOID: readonly (keyof Void)[] = [
  'void',
  'device',
  'author',
  'lane',
  'seq',
  'to',
  'reason',
  'torn',
];
const MEMBERS: { [name: string]: readonly string[] } = {
  group: ['id', 'n', 'of'],
  clock: ['at', 'zone', 'offset', 'age', 'jumps'],
};

function members<T extends object>(said: T, order: readonly (keyof T & string)[]): string {
  const parts = order.map((name) => {
    const inner = MEMBERS[name];
    const value = said[name];
    const text =
      inner && isObject(value) ? members(value as Body, inner) : encode(value as unknown as Value);
    return `${JSON.stringify(name)}:${text}`;
  });
  return `{${parts.join(',')}}`;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function encode(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return integer(value);
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return `[${value.map(encode).join(',')}]`;
  if (!isObject(value)) throw new TypeError(`a letter cannot say ${typeof value}`);
  const entries = Object.entries(value).sort(([a], [b]) => by_code_point(a, b));
  return `{${entries.map(([name, inner]) => `${text(name)}:${encode(inner)}`).join(',')}}`;
}

function integer(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`a letter cannot say ${value}`);
  return Object.is(value, -0) ? '0' : String(value);
}

/** Half of a pair (as an interrupted paste leaves it) is no character and has no bytes. */
function text(value: string): string {
  return JSON.stringify(value.replace(LONE_SURROGATE, '\ufffd'));
}

/** The store sorts by bytes of UTF-8; JavaScript's own order differs beyond U+FFFF. */
function by_code_point(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let n = 0; n < Math.min(left.length, right.length); n++) {
    const difference = (left[n]?.codePointAt(0) ?? 0) - (right[n]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** What a replica keeps: its base records, its outbox, and where the conversation stands. */
import type { Body, Grant, Group, Lane, Outcome } from './contract.gen';

export const REFUSED: readonly string[] = ['parked', 'rejected'];
/** Outcomes that call for the author: something of his does not stand. */
const CALLING: readonly string[] = ['superseded', 'disputed', ...REFUSED];

/** What the author did about such an outcome: wrote another letter, or left it as it is. */
export type Answered = '' | 'mended' | 'left';

export type Lanes<T> = { [lane in Lane]?: T };

/** One letter in the outbox, from the moment it is written until the tail lets go of it. */
export interface Entry {
  lane: Lane;
  seq: number;
  hash: string;
  line: string;
  kind: string;
  id: string;
  over: number;
  state: 'waiting' | 'heard' | 'settled';
  outcome: Outcome | '';
  code: string;
  position: number;
  unseen: number;
  answered: Answered;
}

/** Whether its author is still to be told, or to do something about it. */
export function calls({ outcome, code, answered }: Entry): boolean {
  return (CALLING.includes(outcome) || code === 'lost') && answered === '';
}

/** A record as the store last gave it; `feeds` maps each feed that holds it to its life. */
export interface Base {
  kind: string;
  id: string;
  version: number;
  letter: string;
  line: string;
  feeds: { [feed: string]: number };
}

/** What one replica must remember of the conversation, beside its records and its outbox. */
export interface State {
  device: string;
  person: string;
  contract: number;
  epoch: string;
  turn: number;
  mark: string;
  at: number;
  open: { [feed: string]: number };
  view: string;
  feeds: Grant[];
  /** The last letter written in each lane. */
  heads: Lanes<[seq: number, hash: string]>;
  /** The last number that the store has said it holds. */
  taken: Lanes<number>;
  /** Digests to compare at the next exchange. */
  narrow: { [feed: string]: { [prefix: string]: string } };
  /** The store began another epoch, and has not yet been compared with. */
  doubt: boolean;
  heard_at: number;
}

/** What a person wants to change; the replica makes it a letter. */
export interface Draft {
  kind: string;
  id: string;
  set: Body;
  lane?: Lane;
  group?: Group | null;
}

/** `kind/id`, which is also what places a record among the prefixes of a repair. */
export type Key = string;
export type Records = ReadonlyMap<Key, Base>;
export type Changed = Map<Key, Base | null>;

/** What has to be put down, in one transaction, before any of it is believed. */
export interface Effects {
  state: State;
  put: Base[];
  drop: Key[];
  entries: Entry[];
  gone: [lane: Lane, seq: number][];
}

export function key_of(record: { kind: string; id: string }): Key {
  return `${record.kind}/${record.id}`;
}

export function new_state(device: string, person: string, contract: number): State {
  return {
    device,
    person,
    contract,
    epoch: '',
    turn: 0,
    mark: '',
    at: 0,
    open: {},
    view: '',
    feeds: [],
    heads: {},
    taken: {},
    narrow: {},
    doubt: false,
    heard_at: 0,
  };
}

export function effects_of(state: State): Effects {
  return { state, put: [], drop: [], entries: [], gone: [] };
}

/** What a screen may ask of the application: the one way from the face to the store and the net. */

import type { Body, KindName, Purpose, Shift } from './sync/contract.gen';

/** What a person writes on the phone. */
export type Logged = 'violation' | 'assist';

/** What became of a question to the server. */
export type Reply<T> =
  | { is: 'answer'; value: T }
  /** `wait`: seconds until it is worth coming again; 0 where the server does not say. */
  | { is: 'fault'; code: string; wait: number }
  | { is: 'offline' };

export type LetterState =
  | 'waiting'
  | 'sent'
  | 'stored'
  | 'superseded'
  | 'disputed'
  | 'parked'
  | 'rejected';

export interface Me {
  person: string;
  name: string;
  role: string;
  district: string;
  formation: string;
  device: string;
}

/** A record as seen: the base with the outbox laid over it. */
export interface Kept<B> {
  id: string;
  kind: string;
  version: number;
  body: B;
  waiting: boolean;
}

export interface Sent {
  lane: string;
  seq: number;
  kind: string;
  id: string;
  at: number;
  state: LetterState;
  code: string;
  title: string;
  /** What the author did about a letter that does not stand. */
  answered: '' | 'mended' | 'left';
}

/** A record of which letters of the author's do not stand. */
export interface Concern {
  kind: string;
  id: string;
  at: number;
  state: 'superseded' | 'disputed' | 'parked' | 'rejected';
  code: string;
  /** To mend by him, decided otherwise, or with somebody else. */
  task: 'mend' | 'decided' | 'review';
  /** He has left it as it is. */
  left: boolean;
}

/** What the author says of a record, and what the store does; null where one says nothing. */
export interface Sides {
  mine: Body | null;
  theirs: Body | null;
  /** The device was copied: nothing that it writes is taken before somebody has looked. */
  copied: boolean;
}

export interface Truth {
  online: boolean;
  waiting: number;
  attention: number;
  /** Milliseconds of the last whole exchange; 0 = there has been none. */
  as_of: number;
  exchanging: boolean;
  /** Everything that the store has for this person is here, as far as it has said. */
  caught_up: boolean;
  /** The store has been silent for so long that something may have moved unheard. */
  silent: boolean;
  /** When the store was last heard; 0 = not yet. */
  heard: number;
  /** Records held here. */
  records: number;
  persisted: boolean | null;
  fault: string;
}

/** A new record's draft goes by its kind, that of one being mended by its kind and id. */
export interface Draft {
  kind: Logged | `${Logged}/${string}`;
  fields: Record<string, unknown>;
  saved: number;
}

/** Where the phone is: 1e-7 degrees, and metres of accuracy. */
export interface Place {
  lat: number;
  lon: number;
  accuracy: number;
}

export type Setting = 'language' | 'night' | 'favourites' | 'notices';

/** One letter in a record's history. */
export interface Revision {
  position: number;
  /** The version that it made; 0 if it made none. */
  version: number;
  outcome: string;
  code: string;
  author: string;
  name: string;
  role: string;
  /** Corrected time, give or take `spread` ms; -1: nobody can say how exact. */
  happened: number;
  spread: number;
  arrived: number;
  set: Body;
  add: Body;
  take: Body;
}

/** A page, newest first; `before` asks for the next one, 0: that was all. */
export interface History {
  version: number;
  as_of: number;
  revisions: Revision[];
  before: number;
}

export interface Opened {
  version: number;
  as_of: number;
  body: Body;
}

/** A look at a record, as the log has it; the last four are for auditors only. */
export interface Access {
  position: number;
  at: number;
  person: string;
  name: string;
  role: string;
  what: string;
  kind: string;
  record: string;
  purpose: string;
  words?: string | null;
  owner?: string;
  device?: string;
}

export interface Accesses {
  accesses: Access[];
  before: number;
}

/** Looking at what no replica holds: every look is logged, and nothing of it is kept here. */
export interface Oversight {
  revisions(kind: string, id: string, before: number): Promise<Reply<History>>;
  open(kind: string, id: string, purpose: Purpose, words: string): Promise<Reply<Opened>>;
  /** The records of the people whom a violation is about: their ids only. */
  subjects(violation: string): Promise<Reply<string[]>>;
  accesses(before: number): Promise<Reply<Accesses>>;
  mine(before: number): Promise<Reply<Accesses>>;
}

/** Whether notices reach this device: no way, only from the home screen, forbidden by the browser. */
export type Reach = 'unsupported' | 'home_screen' | 'blocked' | 'off' | 'on';

/** A notice as the server knows it; the times are milliseconds, 0: not yet. */
export interface Told {
  notice: string;
  code: string;
  state: 'queued' | 'sent' | 'shown' | 'opened' | 'expired' | 'dropped';
  made: number;
  sent: number;
  shown: number;
  opened: number;
}

/** `subscribed` is '' where the server has no subscription of this device. */
export interface Mine {
  key: string;
  subscribed: '' | 'yes' | 'refused';
  /** Newest first. */
  notices: Told[];
}

/** Web push on this device. */
export interface Notices {
  reach(): Promise<Reach>;
  /** By a tap only; resolves with '' or a code. */
  turn_on(language: string): Promise<string>;
  turn_off(): Promise<void>;
  renew(language: string): Promise<string>;
  forget(): Promise<void>;
  mine(): Promise<Reply<Mine>>;
  /** Send one to this very device; resolves with its id. */
  test(): Promise<Reply<string>>;
}

/** Fires `changed` whenever anything below may answer differently. */
export interface App extends EventTarget {
  me(): Me | null;
  /** Resolves with '' or with a fault code. */
  sign_in(login: string, password: string): Promise<string>;
  sign_out(): Promise<void>;
  truth(): Truth;
  /** The shift in force, or the next one. */
  shift(): Kept<Shift> | null;
  record<B>(kind: string, id: string): Kept<B> | null;
  /** The same array until something of this kind has changed. */
  all<B>(kind: string): readonly Kept<B>[];
  /** Newest first. */
  outbox(): Sent[];
  /** Resolves with the record's id only when it is durably written here; rejects with Error('quota') and the like. */
  save(
    kind: Logged,
    body: Record<string, unknown>,
    subject?: Record<string, unknown>,
  ): Promise<string>;
  /** Newest first; with those that were left as they are. */
  concerns(): Concern[];
  sides(kind: string, id: string): Sides;
  /** The record of the person whom a violation is about; '' where there is none. */
  subject_of(violation: string): string;
  /** Say anew what a record of one's own should say; what did not stand of it is mended thereby. */
  amend(
    kind: Logged,
    id: string,
    body: Record<string, unknown>,
    subject?: Record<string, unknown>,
  ): Promise<string>;
  /** Leave it as it is, or take that back. */
  leave(kind: string, id: string, left: boolean): Promise<void>;
  /** Change a record that others made, where one's role may; resolves when it is durably written here. */
  change(kind: KindName, id: string, set: Body): Promise<void>;
  readonly oversight: Oversight;
  /** Loaded when it is first asked for; rejects where it cannot be. */
  notices(): Promise<Notices>;
  draft(kind: Draft['kind']): Promise<Draft | null>;
  keep_draft(draft: Draft): Promise<void>;
  drop_draft(kind: Draft['kind']): Promise<void>;
  /**
   * The current position, or null after three seconds without one. Not `asking`, it is null also
   * where the person would have to be asked first.
   */
  where(asking?: boolean): Promise<Place | null>;
  exchange(): void;
  export_outbox(): Promise<Blob>;
  /** The corrected time. */
  now(): number;
  setting(name: Setting): string;
  set_setting(name: Setting, value: string): void;
}

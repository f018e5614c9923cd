/** What a screen may ask of the application: the one way from the face to the store and the net. */

import type { Shift } from './sync/contract.gen';

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
}

export interface Truth {
  online: boolean;
  waiting: number;
  attention: number;
  /** Milliseconds of the last whole exchange; 0 = there has been none. */
  as_of: number;
  exchanging: boolean;
  persisted: boolean | null;
  fault: string;
}

export interface Draft {
  kind: 'violation' | 'assist';
  fields: Record<string, unknown>;
  saved: number;
}

/** Where the phone is: 1e-7 degrees, and metres of accuracy. */
export interface Place {
  lat: number;
  lon: number;
  accuracy: number;
}

export type Setting = 'language' | 'night' | 'favourites';

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
  all<B>(kind: string): Kept<B>[];
  /** Newest first. */
  outbox(): Sent[];
  /** Resolves with the record's id only when it is durably written here; rejects with Error('quota') and the like. */
  save(
    kind: 'violation' | 'assist',
    body: Record<string, unknown>,
    subject?: Record<string, unknown>,
  ): Promise<string>;
  draft(kind: 'violation' | 'assist'): Promise<Draft | null>;
  keep_draft(draft: Draft): Promise<void>;
  drop_draft(kind: 'violation' | 'assist'): Promise<void>;
  /** The current position, or null after three seconds without one. */
  where(): Promise<Place | null>;
  exchange(): void;
  export_outbox(): Promise<Blob>;
  /** The corrected time. */
  now(): number;
  setting(name: Setting): string;
  set_setting(name: Setting, value: string): void;
}

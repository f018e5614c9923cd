/** The digests of what a replica holds. */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { PREFIX_MAX } from './contract.gen';
import type { Key } from './pocket';

/** What one record adds to a digest: 128 bits of SHA-256 of its line. */
export function fingerprint(line: string): Uint8Array {
  return sha256(utf8ToBytes(line)).subarray(0, 16);
}

/** Where a record lies among the prefixes of a repair. */
export function place(key: Key): string {
  return bytesToHex(sha256(utf8ToBytes(key))).slice(0, PREFIX_MAX);
}

/** Free of order: the exclusive or of the fingerprints, in hex. */
export function digest_of(fingerprints: Iterable<Uint8Array>): string {
  const total = new Uint8Array(16);
  for (const value of fingerprints) {
    for (let n = 0; n < 16; n++) total[n] = (total[n] ?? 0) ^ (value[n] ?? 0);
  }
  return bytesToHex(total);
}

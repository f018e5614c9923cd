/** Ids that are made on the device: nobody has to be asked, and they sort by time. */

/** RFC 9562, version 7. */
export function uuid7(at: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const time = at.toString(16).padStart(12, '0');
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const rest = hex(bytes.subarray(6));
  return [time.slice(0, 8), time.slice(8), rest.slice(0, 4), rest.slice(4, 8), rest.slice(8)].join(
    '-',
  );
}

/** 128 bits that keep a letter's hash from being guessed from what it says. */
export function salt(): string {
  return hex(crypto.getRandomValues(new Uint8Array(16)));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Whether the store is heard: its stream says something at least every five seconds. */

/** Two beats may be late before nobody knows any more whether something has moved. */
export const SILENCE_MS = 10_000;

export class Pulse {
  /** When it was last heard, by the device's own clock; 0 never. */
  heard = 0;
  #since: number;

  constructor(private readonly wall: () => number = () => Date.now()) {
    this.#since = wall();
  }

  beat(): void {
    this.heard = this.wall();
    this.#since = this.heard;
  }

  /** Begin to count anew: a stream has just been asked for, after a time in which none was wanted. */
  wait(): void {
    this.#since = this.wall();
  }

  /** Ten seconds without a word. A clock that was set back counts as silence too. */
  silent(): boolean {
    const since = this.wall() - this.#since;
    return since >= SILENCE_MS || since < -SILENCE_MS;
  }
}

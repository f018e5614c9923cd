/** The device's time as evidence: what its clock says, and how far that can be relied upon. */
import type { Clock } from '../sync/contract.gen';

const JUMP_MS = 2_000;

/** What is kept from one start to the next. */
export interface Estimate {
  offset: number;
  /** When it was made, by the device's own clock; -1 never. */
  made: number;
}

export class DeviceClock {
  #estimate: Estimate = { offset: 0, made: -1 };
  #jumps = 0;
  #apart: number;

  constructor(
    private readonly wall: () => number = () => Date.now(),
    private readonly monotonic: () => number = () => performance.now(),
  ) {
    this.#apart = wall() - monotonic();
  }

  get estimate(): Estimate {
    return this.#estimate;
  }

  recall(estimate: Estimate): void {
    this.#estimate = estimate;
  }

  /** What the store's clock said, half a round trip ago. */
  learn(theirs: number, round_trip: number): void {
    this.look();
    const made = this.wall();
    this.#estimate = { offset: Math.round(theirs + round_trip / 2 - made), made };
  }

  /** Count a jump where wall and monotonic clock have parted since the last look. */
  look(): void {
    const apart = this.wall() - this.monotonic();
    if (Math.abs(apart - this.#apart) <= JUMP_MS) return;
    this.#apart = apart;
    this.#jumps += 1;
    // Nobody can say any more how old the estimate is: it is offered, and decides nothing.
    this.#estimate = { ...this.#estimate, made: -1 };
  }

  now(): number {
    return Math.round(this.wall() + this.#estimate.offset);
  }

  evidence(): Clock {
    this.look();
    const at = Math.round(this.wall());
    const { offset, made } = this.#estimate;
    const age = made < 0 || made > at ? -1 : Math.floor((at - made) / 1000);
    const zone = -new Date(at).getTimezoneOffset();
    return { at, zone, offset, age, jumps: this.#jumps };
  }
}

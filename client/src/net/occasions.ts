/** When the courier goes by itself: a way opens, somebody looks, or the store hints. */
import type { Courier } from './courier';
import { type Stream, stream } from './server';

const LOOK_EVERY_MS = 1_000;
const RETRY_MS = 5_000;
/** Only a person can sign in: until he has, the store has nothing to say. */
const REFUSED_RETRY_MS = 60_000;

/** Listen until the answered function is called. */
export function listen(courier: Courier, changed: () => void): () => void {
  const ended = new AbortController();
  const watch = new Watch(courier, changed);
  const look = () => {
    watch.look();
    if (document.visibilityState === 'visible') void courier.go();
  };
  const lost = () => {
    courier.online = false;
    changed();
  };
  const until = { signal: ended.signal };
  addEventListener('online', look, until);
  addEventListener('offline', lost, until);
  document.addEventListener('visibilitychange', look, until);
  const second = setInterval(() => watch.look(), LOOK_EVERY_MS);
  ended.signal.addEventListener('abort', () => {
    clearInterval(second);
    watch.close();
  });
  watch.look();
  return () => ended.abort();
}

/**
 * The stream of hints, as long as somebody looks at the page. A stream can die without a word (a
 * router that forgot it, a server that lost its power), so one that is silent is asked for anew.
 */
class Watch {
  #stream: Stream | null = null;
  #silent = false;
  #began = 0;

  constructor(
    private readonly courier: Courier,
    private readonly changed: () => void,
    private readonly open: typeof stream = stream,
  ) {}

  look(): void {
    if (document.visibilityState !== 'visible') {
      this.close();
      return;
    }
    const { pulse } = this.courier;
    if (!this.#stream) {
      pulse.wait();
      this.#open();
    }
    const silent = pulse.silent();
    if (silent !== this.#silent) {
      this.#silent = silent;
      this.changed();
    }
    const patience = this.courier.fault === 'not_signed_in' ? REFUSED_RETRY_MS : RETRY_MS;
    if (silent && performance.now() - this.#began >= patience) this.#open();
  }

  close(): void {
    this.#stream?.close();
    this.#stream = null;
  }

  #open(): void {
    this.#stream?.close();
    this.#began = performance.now();
    this.#stream = this.open({
      // Whatever moved while nobody listened was hinted at to nobody.
      opened: () => void this.courier.go(),
      moved: () => {
        this.#heard();
        void this.courier.go();
      },
      beat: () => this.#heard(),
    });
  }

  #heard(): void {
    this.courier.pulse.beat();
    this.look();
  }
}

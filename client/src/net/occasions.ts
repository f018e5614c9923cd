/** When the courier goes by itself: a way opens, somebody looks, or the store hints. */
import type { Courier } from './courier';
import { live } from './server';

/** Listen until the answered function is called. */
export function listen(courier: Courier, changed: () => void): () => void {
  const ended = new AbortController();
  let stream: ReturnType<typeof live> | null = null;
  const watch = () => {
    const seen = document.visibilityState === 'visible';
    if (!seen) stream?.close();
    else if (!stream || stream.closed()) stream = live(() => void courier.go());
  };
  const look = () => {
    watch();
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
  ended.signal.addEventListener('abort', () => stream?.close());
  watch();
  return () => ended.abort();
}

/** Who goes first among tabs: the browser's own locks, or a queue where it has none. */

const queues = new Map<string, Promise<unknown>>();

/** Do the work when nobody else, in any tab, does work under this name. */
export function alone<T>(name: string, work: () => Promise<T>): Promise<T> {
  const locks = globalThis.navigator?.locks;
  if (locks) return locks.request(name, work) as Promise<T>;
  const before = queues.get(name) ?? Promise.resolve();
  const mine = before.then(work, work);
  const done = mine
    .catch(() => undefined)
    .then(() => {
      if (queues.get(name) === done) queues.delete(name);
    });
  queues.set(name, done);
  return mine;
}

/** Do the work now, or answer null where another tab is at it. */
export async function if_free<T>(name: string, work: () => Promise<T>): Promise<T | null> {
  const locks = globalThis.navigator?.locks;
  if (locks) {
    const asked = (lock: Lock | null) => (lock ? work() : Promise.resolve(null));
    return (await locks.request(name, { ifAvailable: true }, asked)) as T | null;
  }
  return queues.has(name) ? null : alone(name, work);
}

/** Where the phone is, if it can say so soon. */
import type { Place } from './port';

const PATIENCE_MS = 3_000;
const DEGREE = 1e7;

export async function where(asking: boolean): Promise<Place | null> {
  if (!asking && !(await granted())) return null;
  return new Promise((resolve) => {
    // The browser's own limit does not count the time in which it asks for permission.
    setTimeout(() => resolve(null), PATIENCE_MS);
    navigator.geolocation?.getCurrentPosition(
      ({ coords }) =>
        resolve({
          lat: Math.round(coords.latitude * DEGREE),
          lon: Math.round(coords.longitude * DEGREE),
          accuracy: Math.round(coords.accuracy),
        }),
      () => resolve(null),
      { enableHighAccuracy: true, timeout: PATIENCE_MS, maximumAge: 15_000 },
    );
  });
}

/** A browser that does not tell is taken to ask. */
async function granted(): Promise<boolean> {
  const answer = await navigator.permissions?.query({ name: 'geolocation' }).catch(() => undefined);
  return answer?.state === 'granted';
}

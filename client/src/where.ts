/** Where the phone is, if it can say so soon. */
import type { Place } from './port';

const PATIENCE_MS = 3_000;
const DEGREE = 1e7;

export function where(): Promise<Place | null> {
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

/** Day or night on the screen: as the sun stands over Almaty, or as the person chose. */

const RADIAN = Math.PI / 180;
const ALMATY = { lat: 43.24, lon: 76.9 };
const DAY = 86_400_000;
const J2000 = Date.UTC(2000, 0, 1, 12);
/** Below this the street is lit by lamps: the middle of civil twilight. */
const DARK_BELOW = -3;

/** The sun's height in degrees over Almaty; good to a tenth of a degree, which is a minute. */
export function sun_height(at: number): number {
  const days = (at - J2000) / DAY;
  const anomaly = (357.529 + 0.98560028 * days) * RADIAN;
  const mean = 280.459 + 0.98564736 * days;
  const ecliptic = (mean + 1.915 * Math.sin(anomaly) + 0.02 * Math.sin(2 * anomaly)) * RADIAN;
  const tilt = (23.439 - 0.00000036 * days) * RADIAN;
  const declination = Math.asin(Math.sin(tilt) * Math.sin(ecliptic));
  const ascension = Math.atan2(Math.cos(tilt) * Math.sin(ecliptic), Math.cos(ecliptic));
  const sidereal = (280.46061837 + 360.98564736629 * days + ALMATY.lon) * RADIAN;
  const hour = sidereal - ascension;
  const lat = ALMATY.lat * RADIAN;
  return (
    Math.asin(
      Math.sin(lat) * Math.sin(declination) +
        Math.cos(lat) * Math.cos(declination) * Math.cos(hour),
    ) / RADIAN
  );
}

export function is_night(setting: string, at: number): boolean {
  if (setting === 'dark') return true;
  if (setting === 'light') return false;
  return sun_height(at) < DARK_BELOW;
}

/** Dress the page; called on every change of the setting and every minute. */
export function dress(setting: string, at: number): void {
  document.documentElement.toggleAttribute('data-night', is_night(setting, at));
}

/** On what the app runs: guidance has to name the buttons that are really there. */

export type System = 'ios' | 'android' | 'firefox_phone' | 'firefox' | 'desktop';

export function system_of(agent: string, touches: number): System {
  // An iPad says that it is a Mac; no Mac has a touch screen.
  if (/iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && touches > 1)) return 'ios';
  const phone = /Android/.test(agent);
  if (/Firefox/.test(agent)) return phone ? 'firefox_phone' : 'firefox';
  return phone ? 'android' : 'desktop';
}

export function system(): System {
  return system_of(navigator.userAgent, navigator.maxTouchPoints);
}

/** Whether it runs as an app of its own, from the home screen or the desktop. */
export function installed(): boolean {
  const old_safari = Reflect.get(navigator, 'standalone') === true;
  return old_safari || matchMedia('(display-mode: standalone)').matches;
}

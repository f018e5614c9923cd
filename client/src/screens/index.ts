/** The screens: a path, what is shown there, what it is called, and for whom. A role picks its rooms here. */

import { html, type TemplateResult } from 'lit';
import type { IconName } from '../parts/icon';
import type { App } from '../port';
import type { Role } from '../sync/contract.gen';
import type { Key } from '../words';
import './desk-door';
import './log';
import './more';
import './shift';
import './sign-in';
import './tasks';

export interface ScreenLine {
  path: string;
  element: (app: App) => TemplateResult;
  title: Key;
  /** 'nobody' is who has not signed in. */
  roles: readonly Role[] | 'nobody';
  tab: { title: Key; icon: IconName } | null;
  /** The desk has a frame of its own, without the phone's. */
  framed?: false;
}

/** Who works on the street, with a phone. */
const FIELD: readonly Role[] = ['officer', 'guard', 'volunteer', 'leader'];
/** Who works at a desk; its own rooms follow the rights of each role. A leader has both. */
const DESK: readonly Role[] = [
  'operator',
  'dispatcher',
  'inspector',
  'supervisor',
  'planner',
  'analyst',
  'auditor',
  'administrator',
  'leader',
];
/** A leader with this much room begins at the desk. */
const DESK_WIDTH = '(min-width: 900px)';

export const SCREENS: readonly ScreenLine[] = [
  {
    path: '/shift',
    element: (app) => html`<kezek-shift .app=${app}></kezek-shift>`,
    title: 'shift',
    roles: FIELD,
    tab: { title: 'tab_shift', icon: 'shift' },
  },
  {
    path: '/log',
    element: (app) => html`<kezek-log .app=${app}></kezek-log>`,
    title: 'tab_log',
    roles: FIELD,
    tab: { title: 'tab_log', icon: 'log' },
  },
  {
    path: '/tasks',
    element: (app) => html`<kezek-tasks .app=${app}></kezek-tasks>`,
    title: 'tasks',
    roles: FIELD,
    tab: { title: 'tab_tasks', icon: 'tasks' },
  },
  {
    path: '/more',
    element: (app) => html`<kezek-more .app=${app}></kezek-more>`,
    title: 'more',
    roles: FIELD,
    tab: { title: 'tab_more', icon: 'more' },
  },
  {
    path: '/desk',
    element: (app) => html`<kezek-desk-door .app=${app}></kezek-desk-door>`,
    title: 'tab_desk',
    roles: DESK,
    tab: null,
    framed: false,
  },
  {
    path: '/sign-in',
    element: (app) => html`<kezek-sign-in .app=${app}></kezek-sign-in>`,
    title: 'sign_in',
    roles: 'nobody',
    tab: null,
  },
];

/** The screens open to a role ('' = not signed in). */
export function screens_for(role: string): ScreenLine[] {
  if (role === '') return SCREENS.filter(({ roles }) => roles === 'nobody');
  return SCREENS.filter(({ roles }) => roles !== 'nobody' && roles.some((one) => one === role));
}

/** The screen at a path, or the first one open to that role. */
export function screen_at(path: string, role: string): ScreenLine | undefined {
  const open = screens_for(role);
  const asked = open.find((screen) => screen.path === path);
  const desk = open.find((screen) => screen.framed === false);
  return asked ?? (desk && globalThis.matchMedia?.(DESK_WIDTH).matches ? desk : open[0]);
}

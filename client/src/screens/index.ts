/** The screens of the phone: a path, what is shown there, what it is called, and for whom. */

import { html, type TemplateResult } from 'lit';
import type { IconName } from '../parts/icon';
import type { App } from '../port';
import type { Role } from '../sync/contract.gen';
import type { Key } from '../words';
import './log';
import './more';
import './shift';
import './sign-in';
import './tasks';

export interface ScreenLine {
  path: string;
  element: (app: App) => TemplateResult;
  title: Key;
  /** 'nobody' is who has not signed in; null is every role. */
  roles: readonly Role[] | 'nobody' | null;
  tab: { title: Key; icon: IconName } | null;
}

export const SCREENS: readonly ScreenLine[] = [
  {
    path: '/shift',
    element: (app) => html`<kezek-shift .app=${app}></kezek-shift>`,
    title: 'shift',
    roles: null,
    tab: { title: 'tab_shift', icon: 'shift' },
  },
  {
    path: '/log',
    element: (app) => html`<kezek-log .app=${app}></kezek-log>`,
    title: 'tab_log',
    roles: ['officer', 'guard', 'volunteer', 'leader'],
    tab: { title: 'tab_log', icon: 'log' },
  },
  {
    path: '/tasks',
    element: (app) => html`<kezek-tasks .app=${app}></kezek-tasks>`,
    title: 'tasks',
    roles: null,
    tab: { title: 'tab_tasks', icon: 'tasks' },
  },
  {
    path: '/more',
    element: (app) => html`<kezek-more .app=${app}></kezek-more>`,
    title: 'more',
    roles: null,
    tab: { title: 'tab_more', icon: 'more' },
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
  return SCREENS.filter(
    ({ roles }) => roles === null || (roles !== 'nobody' && roles.some((one) => one === role)),
  );
}

/** The screen at a path, or the first one open to that role. */
export function screen_at(path: string, role: string): ScreenLine | undefined {
  const open = screens_for(role);
  return open.find((screen) => screen.path === path) ?? open[0];
}

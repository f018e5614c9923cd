/** The drawings of the app, 24 by 24, drawn by one line that takes the colour of the text. */

import { html, type TemplateResult } from 'lit';

const PATHS = {
  shift: 'M4 19V7l6-3 5 3 5-3v12l-5 3-5-3-6 3zM10 4v12M15 7v12',
  log: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  tasks: 'M4 6h16M4 12h16M4 18h10',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM20 20l-4-4',
  cross: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  up: 'M12 19V6M6 11.5L12 5.5l6 6',
  clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 8v4.5l3 1.8',
  person:
    'M12 4.5a3.75 3.75 0 1 0 0 7.5 3.75 3.75 0 0 0 0-7.5zM5 20c.6-3.6 3.4-5.5 7-5.5s6.4 1.9 7 5.5',
  people:
    'M9 5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM3 19.5c.5-3 2.900-5 6-5s5.500 2 6 5M15.500 5.300a3.300 3.300 0 0 1 0 6.400M17.500 14.900c2 .6 3.200 2.200 3.500 4.600',
  pin: 'M12 21c4-4.600 6-8 6-11a6 6 0 0 0-12 0c0 3 2 6.400 6 11zM12 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  alert: 'M12 4L2.800 19.500h18.400zM12 10v4.500M12 17.200h.01',
  differ: 'M5 9h14M5 15h14M16 5L8 19',
  back: 'M9 7L4 12l5 5M4 12h10a6 6 0 0 1 6 6',
  pause: 'M9 6v12M15 6v12',
  star: 'M12 4l2.500 5.100 5.600.8-4 4 .9 5.600-5-2.700-5 2.700.9-5.600-4-4 5.600-.8z',
  phone: 'M7 3.500h10v17H7zM11 17.500h2',
  file: 'M12 4v11M7.500 11L12 15.500 16.500 11M5 19.500h14',
  shield: 'M12 3.500l7 2.500v5.500c0 4.300-2.900 7.300-7 9-4.100-1.700-7-4.700-7-9V6z',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.500v2M12 19.500v2M2.500 12h2M19.500 12h2M5.300 5.300l1.400 1.400M17.300 17.300l1.400 1.400M18.700 5.300l-1.400 1.400M6.700 17.300l-1.400 1.400',
  moon: 'M19.500 14.500A8 8 0 0 1 9.500 4.500a8 8 0 1 0 10 10z',
  door: 'M14 4.500H6v15h8M11 12h9M16.500 8.500L20 12l-3.500 3.500',
  again: 'M19 12a7 7 0 1 1-2.100-5M19 4v4h-4',
  eye: 'M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12zM12 9.500a2.500 2.500 0 1 0 0 5 2.500 2.500 0 0 0 0-5z',
  car: 'M4 16.500v-4l2-5.500h12l2 5.500v4zM4 12.500h16M7 16.500v2M17 16.500v2M7.500 14.500h.01M16.500 14.500h.01',
  walk: 'M13 3.800h.01M9 21l2-6-2-3 1-5 3 1 2 3 3 1M11 15l4 2v4M7 11l3-4',
} as const;

export type IconName = keyof typeof PATHS;

/** Always decoration: the words beside it are what a screen reader says. */
export function icon(name: IconName, size = 24): TemplateResult {
  const bold = name === 'more' || name === 'check' ? 3 : 2;
  return html`<svg
    width=${size}
    height=${size}
    viewBox="0 0 24 24"
    fill="none"
    stroke="currentColor"
    stroke-width=${bold}
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    <path d=${PATHS[name]}></path>
  </svg>`;
}

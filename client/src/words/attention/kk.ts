/** Needs attention, in Kazakh. */

import type { Words } from './ru';

export const attention: Words = {};

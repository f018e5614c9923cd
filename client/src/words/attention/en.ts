/** Needs attention, in English. */

import type { Words } from './ru';

export const attention: Words = {};

/** The desk, in English. */

import type { Words } from './ru';

export const desk: Words = {};

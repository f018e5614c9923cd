/** The desk, in Kazakh. */

import type { Words } from './ru';

export const desk: Words = {};

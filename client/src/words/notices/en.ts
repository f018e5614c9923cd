/** Web push, in English. */

import type { Words } from './ru';

export const notices: Words = {};

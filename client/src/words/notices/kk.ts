/** Web push, in Kazakh. */

import type { Words } from './ru';

export const notices: Words = {};

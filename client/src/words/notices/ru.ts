/** Web push, in Russian; its keys are the keys of all languages. */

import type { Forms } from '../plural';

export const notices = {};

export type Words = Record<keyof typeof notices, string | Forms>;

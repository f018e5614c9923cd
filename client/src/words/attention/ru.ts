/** Needs attention, in Russian; its keys are the keys of all languages. */

import type { Forms } from '../plural';

export const attention = {};

export type Words = Record<keyof typeof attention, string | Forms>;

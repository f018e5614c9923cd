/** The desk, in Russian; its keys are the keys of all languages. */

import type { Forms } from '../plural';

export const desk = {};

export type Words = Record<keyof typeof desk, string | Forms>;

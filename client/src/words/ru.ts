/** Every sentence in Russian, chapter by chapter. */

import { attention } from './attention/ru';
import { desk } from './desk/ru';
import { notices } from './notices/ru';
import { phone } from './phone/ru';
import type { Forms } from './plural';

export const ru = { ...phone, ...desk, ...notices, ...attention };

/** The keys of all sentences, by Russian, which has them all. */
export type Words = Record<keyof typeof ru, string | Forms>;

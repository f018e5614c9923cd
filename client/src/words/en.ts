/** Every sentence in English, chapter by chapter. */

import { attention } from './attention/en';
import { desk } from './desk/en';
import { notices } from './notices/en';
import { phone } from './phone/en';
import type { Words } from './ru';

export const en: Words = { ...phone, ...desk, ...notices, ...attention };

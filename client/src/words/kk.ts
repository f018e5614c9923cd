/** Every sentence in Kazakh, chapter by chapter. */

import { attention } from './attention/kk';
import { desk } from './desk/kk';
import { notices } from './notices/kk';
import { phone } from './phone/kk';
import type { Words } from './ru';

export const kk: Words = { ...phone, ...desk, ...notices, ...attention };

/** Every sentence that is not said early, in every language: a part that is loaded when needed. */

import type { Language } from '../plural';
import type { Later } from './codes';
import { faults as en } from './en';
import { faults as kk } from './kk';
import { faults as ru } from './ru';

export const LATER: Record<Language, Record<Later, string>> = { kk, ru, en };

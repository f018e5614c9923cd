/** The chapter of what needs attention, learned when its screens are loaded. */

import { learn } from '../index';
import { attention as en } from './en';
import { attention as kk } from './kk';
import { attention as ru } from './ru';

learn({ kk, ru, en });

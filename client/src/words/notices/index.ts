/** The chapter of notices, learned when their part of the screen is loaded. */

import { learn } from '../index';
import { notices as en } from './en';
import { notices as kk } from './kk';
import { notices as ru } from './ru';

learn({ kk, ru, en });

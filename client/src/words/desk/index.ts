/** The chapter of the desk, learned when the desk is loaded. */

import { learn } from '../index';
import { desk as en } from './en';
import { desk as kk } from './kk';
import { desk as ru } from './ru';

learn({ kk, ru, en });

/** What the app says in Russian: a part of its own, loaded by whoever chooses it. */

import { phone } from '../phone/ru';

export const words = { ...phone };

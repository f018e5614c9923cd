/** What the app says in English: a part of its own, loaded by whoever chooses it. */

import { phone } from '../phone/en';

export const words = { ...phone };

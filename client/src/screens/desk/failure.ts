/** Why a look at the server's own records did not succeed, in words. */

import type { Reply } from '../../port';
import { type Key, say } from '../../words';
import { reason } from '../../words/faults';
import { span } from '../../words/moments';

const SAID: { [code: string]: Key } = {
  not_allowed: 'look_not_allowed',
  not_found: 'look_not_found',
  purpose_missing: 'look_purpose_missing',
  later: 'look_later',
};

export function failure(reply: Exclude<Reply<unknown>, { is: 'answer' }>): string {
  if (reply.is === 'offline') return say('look_offline');
  if (reply.code === 'too_many')
    return say('look_too_many', { span: span(Math.max(reply.wait, 60) * 1000) });
  const key = SAID[reply.code];
  return key ? say(key) : reason(reply.code);
}

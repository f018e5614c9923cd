/** What a desk knows, and may therefore say of its lists. */

import type { Truth } from '../../port';
import { say } from '../../words';
import { exact } from '../../words/moments';

/**
 * `known`: all is here and the store is heard. `filling`: it is still coming in. `silent`: nothing
 * was heard for too long. `behind`: the store is heard, but the last exchange did not come to its end.
 */
export type Knowledge = 'known' | 'filling' | 'silent' | 'behind';

type Signs = Pick<
  Truth,
  'silent' | 'caught_up' | 'exchanging' | 'online' | 'as_of' | 'heard' | 'records'
>;

export function knowledge(truth: Signs): Knowledge {
  if (truth.silent) return 'silent';
  if (truth.caught_up) return 'known';
  return truth.exchanging && truth.online ? 'filling' : 'behind';
}

/** What a list says about its age. */
export function as_of(truth: Signs): string {
  if (truth.as_of > 0) return say('as_of_time', { time: exact(truth.as_of) });
  return say(knowledge(truth) === 'filling' ? 'as_of_open' : 'not_known_yet');
}

/** What stands on top: whether this desk is live. */
export function pulse_said(truth: Signs): string {
  if (truth.silent) return say('offline');
  if (!truth.caught_up && truth.exchanging) return say('live_filling', { n: truth.records });
  return say(truth.heard ? 'live_now' : 'live_connecting');
}

export interface Nothing {
  heading: string;
  text: string;
}

/** What an empty list may say: that it is empty only where that is known. */
export function nothing_said(truth: Signs, narrowed: boolean): Nothing {
  const now = knowledge(truth);
  if (now === 'known') return { heading: say(narrowed ? 'none_match' : 'none_here'), text: '' };
  if (now === 'filling') return { heading: say('loading'), text: say('filling_note') };
  const time = exact(truth.as_of);
  const heading = truth.as_of > 0 ? say('not_known_since', { time }) : say('not_known_yet');
  return { heading, text: say('not_known_note') };
}

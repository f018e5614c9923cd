/** Days, times and spans as people say them here: Almaty's clock, and months of our own. */

import { type Language, language, say } from './index';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Kazakhstan has been at UTC+5 all year since 2024; a phone set to another zone changes nothing. */
export const ALMATY = 5 * 60 * MINUTE;

const MONTHS: Record<Language, readonly string[]> = {
  kk: 'қаңтар ақпан наурыз сәуір мамыр маусым шілде тамыз қыркүйек қазан қараша желтоқсан'.split(
    ' ',
  ),
  ru: 'января февраля марта апреля мая июня июля августа сентября октября ноября декабря'.split(
    ' ',
  ),
  en: 'January February March April May June July August September October November December'.split(
    ' ',
  ),
};

/** 13:46 */
export function clock(at: number): string {
  return new Date(at + ALMATY).toISOString().slice(11, 16);
}

/** 13:46:08 */
export function exact(at: number): string {
  return new Date(at + ALMATY).toISOString().slice(11, 19);
}

/** 22 қараша */
export function date(at: number, name: Language = language()): string {
  const day = new Date(at + ALMATY);
  return `${day.getUTCDate()} ${MONTHS[name][day.getUTCMonth()] ?? ''}`;
}

/** Today is said by the time alone, any other day with its date. */
export function moment(at: number, now: number): string {
  const days = day_number(now) - day_number(at);
  if (days === 0) return clock(at);
  if (days === 1) return `${say('yesterday')}, ${clock(at)}`;
  return `${date(at)}, ${clock(at)}`;
}

/** 6 ч 14 мин */
export function span(length: number): string {
  const minutes = Math.max(0, Math.round(length / MINUTE));
  const [h, m] = [Math.floor(minutes / 60), minutes % 60];
  return h > 0 ? say('span_hours', { h, m }) : say('span_minutes', { m });
}

/** The latest moment that a clock showed `hours:minutes` and that is not in the future. */
export function at_clock(text: string, now: number): number | null {
  const parts = /^([01]\d|2[0-3])[:.]?([0-5]\d)$/.exec(text);
  if (!parts) return null;
  const midnight = day_number(now) * DAY - ALMATY;
  const at = midnight + (Number(parts[1]) * 60 + Number(parts[2])) * MINUTE;
  return at > now + MINUTE ? at - DAY : at;
}

/** The last moment of a day of Almaty's. */
export function day_end(at: number): number {
  return (day_number(at) + 1) * DAY - ALMATY - 1;
}

export function same_day(one: number, other: number): boolean {
  return day_number(one) === day_number(other);
}

function day_number(at: number): number {
  return Math.floor((at + ALMATY) / DAY);
}

/** The codes that have a sentence: the contract's, and the phone's own. */

import type { Code } from '../../sync/contract.gen';
import type { Language } from '../plural';

/** `offline`: there was no answer at all. */
export type Fault = Exclude<Code, ''> | 'offline';

/** What may be said before anything else is there: whoever signs in has nothing but this. */
type Early = 'not_signed_in' | 'sign_in_refused' | 'slow_down' | 'offline';
export type Later = Exclude<Fault, Early>;

type Said = Record<Language, string>;

export const EARLY: Record<Early, Said> = {
  not_signed_in: {
    ru: 'Вход закончился. Записи целы; войдите ещё раз, и они уйдут.',
    kk: 'Кіру мерзімі бітті. Жазбалар аман; қайта кірсеңіз, олар кетеді.',
    en: 'The session has ended. The records are safe; sign in again and they will leave.',
  },
  sign_in_refused: {
    ru: 'Логин или пароль не подходят. Записи в телефоне целы; проверьте раскладку и попробуйте ещё раз.',
    kk: 'Логин немесе құпиясөз дұрыс емес. Телефондағы жазбалар аман; пернетақта тілін тексеріп, қайталап көріңіз.',
    en: 'The login or the password is not right. The records in the phone are safe; check the keyboard layout and try again.',
  },
  slow_down: {
    ru: 'Слишком много попыток. Записи целы; подождите минуту и попробуйте ещё раз.',
    kk: 'Әрекет тым көп. Жазбалар аман; бір минут күтіп, қайталап көріңіз.',
    en: 'Too many tries. The records are safe; wait a minute and try again.',
  },
  offline: {
    ru: 'Нет связи с сервером. Записи целы; подойдите туда, где есть сеть, и попробуйте ещё раз.',
    kk: 'Сервермен байланыс жоқ. Жазбалар аман; желі бар жерге барып, қайталап көріңіз.',
    en: 'There is no connection to the server. The records are safe; move to where there is a signal and try again.',
  },
};

/** For a code of a newer store, and until the sentences are there. */
export const GENERAL: Said = {
  ru: 'Сервер не принял это. Запись цела в телефоне; сообщите старшему.',
  kk: 'Сервер мұны қабылдамады. Жазба телефонда аман; жетекшіңізге айтыңыз.',
  en: 'The server did not take it. The record is safe in the phone; tell your supervisor.',
};

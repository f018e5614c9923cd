/** Why a letter or a sign-in did not pass, said to a person: what happened, and what to do. */

import { type Language, language } from './index';

type Said = Record<Language, string>;

const said = (ru: string, kk: string, en: string): Said => ({ ru, kk, en });

const GENERAL = said(
  'Сервер не принял это. Запись цела в телефоне; сообщите старшему.',
  'Сервер мұны қабылдамады. Жазба телефонда аман; жетекшіңізге айтыңыз.',
  'The server did not take it. The record is safe in the phone; tell your supervisor.',
);

const NO_RIGHT = said(
  'У вас нет права на эту запись. Она сохранена; решит старший.',
  'Бұл жазбаға құқығыңыз жоқ. Ол сақтаулы; жетекші шешеді.',
  'You have no right to this record. It is kept; a supervisor decides.',
);

const APP_OLD = said(
  'Сервер не понял поля записи. Она сохранена; обновите приложение.',
  'Сервер жазбаның өрісін түсінбеді. Ол сақтаулы; қолданбаны жаңартыңыз.',
  'The server did not understand a field. The record is kept; update the app.',
);

const GROUP = said(
  'Связанная запись ещё не принята. Обе сохранены.',
  'Байланысты жазба әлі қабылданбады. Екеуі де сақтаулы.',
  'A record that belongs with it is not accepted yet. Both are kept.',
);

const DEVICE = said(
  'Телефон записан за другим человеком. Записи целы; обратитесь к администратору.',
  'Телефон басқа адамға тіркелген. Жазбалар аман; әкімшіге хабарласыңыз.',
  'This phone belongs to another person. The records are safe; ask the administrator.',
);

const LATER = said(
  'Сервер занят. Ничего не потеряно: попробуем ещё раз сами.',
  'Сервер бос емес. Ештеңе жоғалған жоқ: өзіміз қайталаймыз.',
  'The server is busy. Nothing is lost: it will be tried again.',
);

const OFFLINE = said(
  'Нет связи с сервером. Подойдите туда, где есть сеть, и попробуйте ещё раз.',
  'Сервермен байланыс жоқ. Желі бар жерге барып, қайталап көріңіз.',
  'There is no connection to the server. Move to where there is a signal and try again.',
);

const DECIDE = said(
  'Двое записали по-разному. Обе записи целы; решит человек.',
  'Екі адам екі түрлі жазған. Екі жазба да аман; адам шешеді.',
  'Two people wrote two different things. Both are kept; a person decides.',
);

const CHANGED = said(
  'Другой человек изменил это раньше. По правилам действует его запись.',
  'Мұны басқа адам бұрын өзгерткен. Ереже бойынша оның жазбасы күшінде.',
  'Somebody else changed it first. By the rules theirs stands.',
);

const SIGNED = said(
  'Подписанную запись не меняют. Старая цела; создайте новую.',
  'Қол қойылған жазба өзгертілмейді. Ескісі аман; жаңасын жасаңыз.',
  'A signed record is not changed. The old one is intact; write a new one.',
);

const ORDER = said(
  'Запись ждёт другую, которая ещё не пришла. Она сохранена.',
  'Жазба әлі келмеген басқа жазбаны күтуде. Ол сақтаулы.',
  'The record waits for another that has not arrived. It is kept.',
);

const REASONS: Record<string, Said> = {
  sign_in_refused: said(
    'Логин или пароль не подходят. Проверьте раскладку и попробуйте ещё раз.',
    'Логин немесе құпиясөз дұрыс емес. Пернетақта тілін тексеріп, қайталап көріңіз.',
    'The login or the password is not right. Check the keyboard layout and try again.',
  ),
  slow_down: said(
    'Слишком много попыток. Подождите минуту и попробуйте ещё раз.',
    'Әрекет тым көп. Бір минут күтіп, қайталап көріңіз.',
    'Too many tries. Wait a minute and try again.',
  ),
  not_signed_in: said(
    'Вход закончился. Записи целы; войдите ещё раз, и они уйдут.',
    'Кіру мерзімі бітті. Жазбалар аман; қайта кірсеңіз, олар кетеді.',
    'The session has ended. The records are safe; sign in again and they will leave.',
  ),
  field_wrong: said(
    'В поле недопустимое значение. Запись сохранена; сообщите старшему.',
    'Өрістегі мән жарамсыз. Жазба сақтаулы; жетекшіңізге айтыңыз.',
    'A field has a value that is not allowed. The record is kept; tell your supervisor.',
  ),
  right_lost: said(
    'Право на эту запись закончилось. Она сохранена; решит старший.',
    'Бұл жазбаға құқық мерзімі бітті. Ол сақтаулы; жетекші шешеді.',
    'The right to this record has ended. It is kept; a supervisor decides.',
  ),
  device_revoked: said(
    'Телефон отключён администратором. Сохраните исходящие в файл и обратитесь к нему.',
    'Телефонды әкімші ажыратқан. Шығысты файлға сақтап, оған хабарласыңыз.',
    'The administrator has revoked this phone. Save the outbox as a file and ask them.',
  ),
  server_broken: said(
    'На сервере ошибка. Ничего не потеряно: попробуем ещё раз сами.',
    'Серверде қате. Ештеңе жоғалған жоқ: өзіміз қайталаймыз.',
    'The server has an error. Nothing is lost: it will be tried again.',
  ),
  not_allowed: NO_RIGHT,
  not_own: NO_RIGHT,
  author_foreign: NO_RIGHT,
  contract_newer: APP_OLD,
  kind_unknown: APP_OLD,
  field_unknown: APP_OLD,
  protocol_unknown: APP_OLD,
  wrong_step: CHANGED,
  moved: CHANGED,
  lost: CHANGED,
  ask: DECIDE,
  merged_invalid: DECIDE,
  group_broken: GROUP,
  group_refused: GROUP,
  over_refused: GROUP,
  device_foreign: DEVICE,
  fork: DEVICE,
  later: LATER,
  handler_failed: LATER,
  base_ahead: ORDER,
  record_unknown: ORDER,
  signed: SIGNED,
  offline: OFFLINE,
  unreachable: OFFLINE,
};

/** The reason in words; a code that has none of its own gets the general sentence. */
export function reason(code: string, name: Language = language()): string {
  return code === '' ? '' : (REASONS[code] ?? GENERAL)[name];
}

/** For the tests: every code that has a sentence of its own. */
export const KNOWN_CODES = Object.keys(REASONS);

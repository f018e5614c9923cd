/** What a notice says on the lock screen: no name and no place, which anybody beside may read. */

export type Language = 'kk' | 'ru' | 'en';
type Said = readonly [title: string, text: string];

/** By the codes of `server/push/notices.py`; '' is for a code that this build does not know. */
const SENTENCES: Record<Language, Record<string, Said>> = {
  kk: {
    backup: ['Көмек керек', 'Нарядқа көмек керек. Жазбаны ашыңыз.'],
    assist: ['Жаңа жәрдемдесу', 'Құралым мүшесі жасаған жұмысын тапсырды. Растау керек.'],
    shift_new: ['Жаңа ауысым', 'Сізге ауысым тағайындалды. Уақыты мен маршрутын қараңыз.'],
    shift_changed: ['Ауысым өзгерді', 'Уақыты немесе маршруты басқа болды. Қарап алыңыз.'],
    shift_cancelled: ['Ауысым болмайды', 'Ауысымыңыз тоқтатылды. Толығырақ қолданбада.'],
    test: ['Тексеру', 'Хабарландыру келді. Бәрі жұмыс істейді.'],
    '': ['Kezek', 'Жаңалық бар. Қолданбаны ашыңыз.'],
  },
  ru: {
    backup: ['Нужна помощь', 'Наряду нужна помощь. Откройте запись.'],
    assist: [
      'Новое содействие',
      'Член формирования сдал запись о содействии. Её нужно подтвердить.',
    ],
    shift_new: ['Новая смена', 'Вам назначена смена. Посмотрите время и маршрут.'],
    shift_changed: ['Смена изменена', 'Другое время или маршрут. Посмотрите.'],
    shift_cancelled: ['Смена отменена', 'Ваша смена отменена. Подробности в приложении.'],
    test: ['Проверка', 'Уведомление пришло. Всё работает.'],
    '': ['Kezek', 'Есть новое. Откройте приложение.'],
  },
  en: {
    backup: ['Backup needed', 'A crew needs backup. Open the record.'],
    assist: ['New assist', 'A volunteer handed in an assist. It needs to be confirmed.'],
    shift_new: ['New shift', 'You have been given a shift. See its time and route.'],
    shift_changed: ['Shift changed', 'Another time or another route. Have a look.'],
    shift_cancelled: ['Shift cancelled', 'Your shift has been cancelled. The app has the details.'],
    test: ['Test', 'The notice has arrived. Everything works.'],
    '': ['Kezek', 'There is something new. Open the app.'],
  },
};

/** Title and text of a code; an unknown language is Kazakh. */
export function sentence(code: string, language: string): Said {
  const known = Object.hasOwn(SENTENCES, language) ? (language as Language) : 'kk';
  const said = SENTENCES[known];
  return (Object.hasOwn(said, code) ? said[code] : said['']) ?? ['Kezek', ''];
}

/** Exported for the tests. */
export const ALL = SENTENCES;

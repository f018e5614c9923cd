/** One spelling for what people type: Kazakh or Russian letters, Latin ones, or the wrong layout. */

const CYRILLIC: Record<string, string> = {
  а: 'a',
  ә: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ғ: 'g',
  д: 'd',
  е: 'e',
  ё: 'e',
  ж: 'zh',
  з: 'z',
  и: 'i',
  й: 'i',
  і: 'i',
  к: 'k',
  қ: 'k',
  л: 'l',
  м: 'm',
  н: 'n',
  ң: 'n',
  о: 'o',
  ө: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ұ: 'u',
  ү: 'u',
  ф: 'f',
  х: 'h',
  һ: 'h',
  ц: 'c',
  ч: 'ch',
  ш: 'sh',
  щ: 'sh',
  ъ: '',
  ы: 'i',
  ь: '',
  э: 'e',
  ю: 'iu',
  я: 'ia',
};

/** Longer ones first: `shch` must not be read as `sh` and `ch`. */
const LATIN: readonly [RegExp, string][] = [
  [/shch|sch/g, 'sh'],
  [/kh/g, 'h'],
  [/ts/g, 'c'],
  [/yu/g, 'iu'],
  [/ya/g, 'ia'],
  [/yo/g, 'e'],
  [/j/g, 'zh'],
  [/y/g, 'i'],
  [/q/g, 'k'],
  [/w/g, 'u'],
  [/x/g, 'h'],
  [/ii+/g, 'i'],
];

const QWERTY = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const ЙЦУКЕН = 'йцукенгшщзхъфывапролджэячсмитьбюё';

/** The letters of a text in their one spelling, with single spaces and with its numbers kept. */
export function fold(text: string): string {
  const cyrillic = text
    .toLowerCase()
    .normalize('NFC')
    .replace(/[а-яёәғқңөұүһі]/g, spell);
  const bare = cyrillic
    .replace(/ş/g, 'sh')
    .replace(/ı/g, 'i')
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '');
  const folded = LATIN.reduce((word, [from, to]) => word.replace(from, to), bare);
  return folded.replace(/[^a-z0-9-]+/g, ' ').trim();
}

/** What was meant if the keyboard stood in the other layout. */
export function other_layout(text: string): string {
  return Array.from(text.toLowerCase(), swap).join('');
}

function spell(letter: string): string {
  return CYRILLIC[letter] ?? letter;
}

function swap(key: string): string {
  const latin = QWERTY.indexOf(key);
  if (latin >= 0) return ЙЦУКЕН[latin] ?? key;
  const russian = ЙЦУКЕН.indexOf(key);
  return russian >= 0 ? (QWERTY[russian] ?? key) : key;
}

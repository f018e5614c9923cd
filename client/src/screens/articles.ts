/** The articles as the phone holds them: folded for searching, named for showing, chosen for chips. */

import type { Article } from '../parts/article-search';
import { type Entry, index } from '../parts/search';
import type { App } from '../port';
import type { Offence, Violation } from '../sync/contract.gen';
import { type Key, language, named, say } from '../words';

const SHORT: Record<string, Key> = {
  '434': 'short_434',
  '434-2': 'short_434_2',
  '437': 'short_437',
  '440': 'short_440',
  '441': 'short_441',
  '442': 'short_442',
  '449': 'short_449',
  '505': 'short_505',
  '204': 'short_204',
  '615': 'short_615',
  '597': 'short_597',
  '667': 'short_667',
};

/** Offered to whoever has neither favourites nor a past: what is most often logged on foot. */
const COMMON = ['440', '441', '434-2', '437', '434'];
const LAST = 5;

export class Articles {
  entries: readonly Entry[] = [];
  lines: ReadonlyMap<string, Article> = new Map();

  #offences = new Map<string, Offence>();
  #read = '';

  /** Reads the catalogue again only when it or the language has changed. */
  read(app: App) {
    const kept = app.all<Offence>('offence');
    const seen = `${language()} ${kept.length} ${kept.reduce((sum, one) => sum + one.version, 0)}`;
    if (seen === this.#read) return;
    this.#read = seen;
    this.#offences = new Map(kept.map(({ id, body }) => [id, body]));
    this.entries = index(
      kept.map(({ id, body }) => ({ ...body, id, verified: body.verified === true })),
    );
    this.lines = new Map(kept.map(({ id, body }) => [id, this.#line(id, body)]));
  }

  offence(id: string): Offence | null {
    return this.#offences.get(id) ?? null;
  }

  /** 440 (1): what the record says of its article. */
  number({ article, part }: Offence): string {
    return part ? `${article} (${part})` : article;
  }

  cited({ article, part }: Offence): string {
    return part ? say('article_full', { article, part }) : say('article_whole', { article });
  }

  /** Only a plain sum of a verified row is repeated; anything else a person looks up. */
  sanction({ typical_measure, verified }: Offence): string {
    const sum = /^(\d+) МРП$/.exec(typical_measure);
    return verified && sum ? say('sanction', { n: sum[1] ?? '' }) : '';
  }

  /** Whether the title shown is nobody's but ours: the law does not say it in these words. */
  is_translated({ title_kk_mark, verified }: Offence): boolean {
    if (!verified || language() === 'ru') return false;
    return language() === 'en' || title_kk_mark !== 'V';
  }

  /** Favourites, then the last five; the chosen one stands first when it is neither. */
  quick(app: App, chosen: string): string[] {
    const own = [...favourites(app), ...this.#last(app)];
    const known = [...new Set(own.length > 0 ? own : this.#common())].filter((id) =>
      this.#offences.has(id),
    );
    return chosen === '' || known.includes(chosen) ? known : [chosen, ...known];
  }

  is_favourite(app: App, id: string): boolean {
    return favourites(app).includes(id);
  }

  turn_favourite(app: App, id: string) {
    const ids = favourites(app);
    const turned = ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
    app.set_setting('favourites', turned.join(','));
  }

  #last(app: App): string[] {
    const me = app.me()?.person;
    const mine = app.all<Violation>('violation').filter(({ body }) => body.officer === me);
    mine.sort((a, b) => b.body.happened - a.body.happened);
    const used = [...new Set(mine.map(({ body }) => body.offence))].slice(0, LAST);
    return used.length < LAST ? [...new Set([...used, ...this.#common()])].slice(0, LAST) : used;
  }

  #common(): string[] {
    const ids = [...this.#offences];
    return COMMON.flatMap((article) => {
      const first = ids.find(
        ([, body]) => body.article === article && body.part === '1' && body.verified,
      );
      return first ? [first[0]] : [];
    });
  }

  #line(id: string, body: Offence): Article {
    // A title that nobody has checked stands in the language of its source.
    const title = body.verified ? named(body, 'title') : body.title_ru;
    const key = SHORT[body.article];
    const own = language() === 'kk' ? body.title_kk : language() === 'en' ? body.title_en : '';
    return {
      id,
      number:
        body.part === '' || body.part === '1' ? body.article : `${body.article} (${body.part})`,
      title,
      short: key ? say(key) : shortened(title),
      lang: own === title ? language() : 'ru',
      verified: body.verified === true,
    };
  }
}

function favourites(app: App): string[] {
  return app.setting('favourites').split(',').filter(Boolean);
}

function shortened(title: string): string {
  return title.length <= 22 ? title : `${title.slice(0, 20).trimEnd()}…`;
}

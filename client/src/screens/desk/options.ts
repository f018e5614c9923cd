/** By what a list can be narrowed: the values that its rows really have, in words. */

import type { Choice } from '../../parts/desk/conditions';
import type { App, Kept } from '../../port';
import { type Body, type District, RIGHTS, type Role } from '../../sync/contract.gen';
import { type Key, language, say } from '../../words';
import type { Conditions, Facet } from './address';
import type { Names } from './names';
import { remembered } from './remembered';
import type { Sheet } from './sheets';

const TITLES: { [facet in Facet]: Key } = {
  district: 'filter_district',
  article: 'filter_article',
  status: 'filter_status',
  role: 'filter_role',
  means: 'filter_means',
};

/** Which values there are is looked up only when the records have changed. */
const values_of = remembered(
  (all: readonly Kept<Body>[], sheet: Sheet): ReadonlyMap<Facet, readonly string[]> => {
    const found = new Map<Facet, Set<string>>(sheet.facets.map((facet) => [facet, new Set()]));
    for (const row of all) {
      const facts = sheet.facts(row, 0);
      for (const [facet, values] of found) {
        const fact = facts[facet];
        if (typeof fact === 'string') values.add(fact);
      }
    }
    return new Map([...found].map(([facet, values]) => [facet, [...values].filter(Boolean)]));
  },
);

export function choices_of(
  app: App,
  role: Role,
  sheet: Sheet,
  conditions: Conditions,
  names: Names,
): Choice[] {
  const values = values_of(app.all<Body>(sheet.kind), sheet);
  const known_of = (facet: Facet): readonly string[] => {
    if (facet === 'status') return sheet.statuses;
    // Who reads the whole city may ask for a district in which nothing has happened yet.
    const whole = facet === 'district' && RIGHTS[sheet.kind][role]?.read === 'all';
    if (whole) return app.all<District>('district').map(({ body }) => body.code);
    return values.get(facet) ?? [];
  };
  const collator = new Intl.Collator(language(), { numeric: true });
  return sheet.facets.map((facet) => {
    const options = known_of(facet).map((value) => ({
      value,
      title: value_said(facet, value, names),
    }));
    if (facet !== 'status') options.sort((a, b) => collator.compare(a.title, b.title));
    return { name: facet, title: say(TITLES[facet]), value: conditions[facet] ?? '', options };
  });
}

function value_said(facet: Facet, value: string, names: Names): string {
  if (facet === 'district') return names.quarter(value);
  if (facet === 'role') return say(`role_${value}` as Key);
  if (facet === 'means') return say(value === 'foot' ? 'on_foot' : 'by_vehicle');
  if (facet === 'status')
    return say(value === 'running' ? 'status_running' : (`step_${value}` as Key));
  return value;
}

/** The style is a right one, wears the page's colours, and asks no network for anything. */

import { readFileSync } from 'node:fs';
import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { layers } from 'client/parts/map/layers';
import { type Colours, colours, SOURCES, style } from 'client/parts/map/style';
import { expect, test } from 'vitest';

const CSS = readFileSync(new URL('../../../../client/src/tokens.css', import.meta.url), 'utf8');
const [DAY = '', NIGHT = ''] = CSS.split(':root[data-night]');

/** What the page would answer, by day or by night. */
function worn(night: boolean): Colours {
  const find = (sheet: string, token: string) => sheet.match(`${token}: ([^;]+);`)?.[1];
  return colours((token) => (night ? find(NIGHT, token) : undefined) ?? find(DAY, token) ?? '');
}

const paint = (c: Colours, chosen = '') =>
  new Map(layers(c, chosen).map((layer) => [layer.id, layer.paint ?? {}]));

test.each([false, true])('it is a right style (night: %s)', (night) => {
  expect(validateStyleMin(style(worn(night), 'r1', false))).toEqual([]);
});

test('every colour is one of the tokens, by day and by night', () => {
  for (const night of [false, true]) {
    for (const [token, colour] of Object.entries(worn(night))) {
      expect(colour, token).toMatch(/^#[0-9a-f]{6}$/);
      expect(colour, token).not.toBe('#808080');
    }
  }
});

test('the night differs from the day wherever there is a colour', () => {
  const [day, night] = [paint(worn(false)), paint(worn(true))];
  expect([...day.keys()]).toEqual([...night.keys()]);
  const coloured = [...day].filter(([, worn_by_day]) => JSON.stringify(worn_by_day).includes('#'));
  expect(coloured.length).toBeGreaterThan(15);
  for (const [id, worn_by_day] of coloured) expect(night.get(id), id).not.toEqual(worn_by_day);
});

test('it asks for no glyphs, no sprites and no tiles: names are written in the page’s own face', () => {
  const { glyphs, sprite, sources, layers } = style(worn(false), '', false);
  expect(glyphs).toBeUndefined();
  expect(sprite).toBeUndefined();
  expect(Object.values(sources).map(({ type }) => type)).toEqual(SOURCES.map(() => 'geojson'));
  expect(JSON.stringify({ sources, layers })).not.toContain('http');
});

test('on foot and by vehicle differ in their stroke, not only in colour', () => {
  const by = paint(worn(false));
  for (const of of ['route', 'chosen']) {
    expect(by.get(`${of}-foot`)).toHaveProperty('line-dasharray');
    expect(by.get(`${of}-vehicle`)).not.toHaveProperty('line-dasharray');
  }
});

test('where a route is chosen the others step back', () => {
  const opacity = (chosen: string) => paint(worn(false), chosen).get('route-foot');
  // From the zoom at which they are figures and not ground.
  expect(opacity('')).toHaveProperty(['line-opacity', 8], 1);
  expect(opacity('r1')).toHaveProperty(['line-opacity', 8], 0.45);
});

test('who wants no motion has none', () => {
  expect(style(worn(false), '', true).transition).toEqual({ duration: 0, delay: 0 });
});

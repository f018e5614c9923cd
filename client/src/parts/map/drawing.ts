/** The map drawn by MapLibre. This file and the library come late, after everything that matters. */

import type { GeoJSONSource } from 'maplibre-gl';
import { Map as Drawn, setWorkerUrl } from 'maplibre-gl';
import worker from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import * as features from './features';
import { layers } from './layers';
import { Pictures } from './pictures';
import { chosen_route, type MapChoice, type Shown } from './shown';
import { spread } from './spread';
import { type Colours, colours, type SourceName, style } from './style';
import { touched } from './touch';

setWorkerUrl(worker);

const CITY: features.Box = [
  [76.74, 43.1],
  [77.1, 43.41],
];
/** Beyond the city there is nothing of ours to draw. */
const REACH: features.Box = [
  [75.4, 42.4],
  [78.4, 44.1],
];
const CLOSEST = 18;
/** Below are the buttons. */
const FIT = { padding: { top: 32, left: 32, right: 32, bottom: 76 }, maxZoom: 15.5 };
const STOPS_APART = 27;
/** Stops moved by less than this need no line back to their place. */
const ASIDE = 5;
const STATES = ['logged', 'returned', 'accepted', 'annulled', 'backup'];
const LOGGED = [
  ...STATES.map((state) => `violation ${state}`),
  'cluster 1',
  'cluster 2',
  'cluster 3',
];

/** What the drawing says back. */
export interface Listener {
  /** It can be seen. */
  drawn(): void;
  /** It can be seen no more: the graphics or a file of it failed. */
  lost(): void;
  touched(choice: MapChoice): void;
}

export class Drawing {
  readonly #map: Drawn;
  readonly #pictures: Pictures;
  readonly #still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  #shown: Shown;
  #colours: Colours;
  #step = Number.NaN;
  #seen = false;

  constructor(
    private readonly box: HTMLElement,
    shown: Shown,
    words: Record<string, string>,
    to: Listener,
  ) {
    this.#shown = shown;
    this.#colours = this.#worn();
    this.#map = new Drawn({
      container: box,
      style: style(this.#colours, chosen_route(shown), this.#still),
      bounds: this.#whole() ?? CITY,
      fitBoundsOptions: FIT,
      maxBounds: REACH,
      maxZoom: CLOSEST,
      maxPitch: 0,
      attributionControl: false,
      cooperativeGestures: shown.embedded,
      dragRotate: false,
      touchPitch: false,
      renderWorldCopies: false,
      fadeDuration: this.#still ? 0 : 200,
      locale: words,
    });
    this.#pictures = new Pictures(this.#map, this.#colours);
    this.#map.touchZoomRotate.disableRotation();
    this.#map.keyboard.disableRotation();
    this.#map.on('style.load', () => this.#fill());
    this.#map.on('zoom', () => this.#spread());
    this.#map.once('load', () => {
      this.#seen = true;
      to.drawn();
    });
    // What goes wrong afterwards leaves the picture that is there.
    this.#map.on('error', () => this.#seen || to.lost());
    this.#map.on('webglcontextlost', () => to.lost());
    this.#map.on('webglcontextrestored', () => this.#map.once('idle', () => to.drawn()));
    touched(this.#map, (choice) => to.touched(choice));
  }

  /** Draw what has changed; `what` are names of properties. */
  show(shown: Shown, what: ReadonlySet<string>): void {
    const empty = this.#whole() === null;
    this.#shown = shown;
    if (!this.#map.isStyleLoaded() && !this.#map.getSource('route')) return;
    if (what.has('label')) this.#map.getCanvas().setAttribute('aria-label', shown.label);
    if (what.has('chosen') || what.has('routes')) this.#restyle();
    this.#fill(what);
    if (empty) this.all(false);
    else if (what.has('chosen')) this.#bring();
  }

  /** Day or night has come. */
  dress(): void {
    this.#colours = this.#worn();
    this.#pictures.recolour(this.#colours);
    this.#restyle();
  }

  zoom(by: number): void {
    this.#map.easeTo({ zoom: this.#map.getZoom() + by });
  }

  /** The chosen route, or everything, into view. */
  all(moving = true): void {
    const box = this.#whole();
    if (box) this.#map.fitBounds(box, { ...FIT, animate: moving });
  }

  go(place: features.Placed): void {
    const zoom = Math.max(this.#map.getZoom(), 15);
    this.#map.easeTo({ center: features.position(place), zoom });
  }

  close(): void {
    this.#map.remove();
  }

  /** Put the records on the map: all of them, or those of the properties named. */
  #fill(what?: ReadonlySet<string>): void {
    const now = (...names: string[]) => !what || names.some((name) => what.has(name));
    const shown = this.#shown;
    const route = chosen_route(shown);
    if (now('language', 'labels'))
      this.#set('street', features.streets(shown.labels, shown.language));
    if (now('labels')) this.#set('label', features.labels(shown.labels));
    if (now('routes')) this.#set('route', features.routes(shown.routes));
    if (now('routes', 'chosen')) this.#set('stop', features.stops(shown.routes, route));
    if (now('violations')) this.#set('violation', features.violations(shown.violations));
    if (now('marks', 'chosen'))
      this.#set('mark', features.marks(shown.marks, shown.chosen?.id ?? ''));
    if (now('here')) this.#set('here', features.here(shown.here));
    if (now('routes', 'chosen', 'next')) {
      this.#step = Number.NaN;
      this.#spread();
    }
  }

  #set(name: SourceName, data: ReturnType<typeof features.routes>): void {
    const icons = data.features.flatMap(({ properties }) => properties?.icon ?? []);
    this.#pictures.need(name === 'violation' ? LOGGED : icons);
    this.#map.getSource<GeoJSONSource>(name)?.setData(data);
  }

  #worn(): Colours {
    const page = getComputedStyle(this.box);
    return colours((token) => page.getPropertyValue(token));
  }

  #restyle(): void {
    for (const layer of layers(this.#colours, chosen_route(this.#shown))) {
      for (const [name, value] of Object.entries(layer.paint ?? {})) {
        this.#map.setPaintProperty(layer.id, name as 'line-color', value);
      }
      if ('filter' in layer && layer.filter) this.#map.setFilter(layer.id, layer.filter);
    }
  }

  /** The stops of the chosen route: apart at every zoom, each with a line to where it really is. */
  #spread(): void {
    const step = Math.round(this.#map.getZoom() * 4);
    if (step === this.#step || !this.#map.getSource('route')) return;
    this.#step = step;
    const { routes, next } = this.#shown;
    const stops = routes.find(({ id }) => id === chosen_route(this.#shown))?.checkpoints ?? [];
    const true_spots = stops.map((stop) => this.#map.project(features.position(stop)));
    const spots = spread(true_spots, STOPS_APART);
    const id = chosen_route(this.#shown);
    const points = stops.map((stop, i) => {
      const rank = stop.number === next ? 1_000 : -stop.number;
      const icon = `stop ${stop.number}${stop.number === next ? ' next' : ''}`;
      const point = features.at(stop, { id, number: stop.number, icon, rank });
      return { ...point, geometry: { type: 'Point' as const, coordinates: this.#place(spots[i]) } };
    });
    const leaders = true_spots.flatMap((spot, i) => {
      const to = spots[i] ?? spot;
      if (Math.hypot(to.x - spot.x, to.y - spot.y) < ASIDE) return [];
      const coordinates = [this.#place(spot), this.#place(to)];
      const geometry = { type: 'LineString' as const, coordinates };
      return [{ type: 'Feature' as const, properties: {}, geometry }];
    });
    this.#set('chosen-stop', features.collected(points));
    this.#set('leader', features.collected(leaders));
  }

  #place(spot: { x: number; y: number } | undefined): [number, number] {
    const { lng, lat } = this.#map.unproject([spot?.x ?? 0, spot?.y ?? 0]);
    return [lng, lat];
  }

  #whole(): features.Box | null {
    const { routes, marks, violations, labels } = this.#shown;
    const route = routes.find(({ id }) => id === chosen_route(this.#shown));
    if (route) return features.box_of([route], []);
    const districts = labels.filter(({ type }) => type === 'district');
    return (
      features.box_of(routes, marks) ?? features.box_of([], [...placed(violations), ...districts])
    );
  }

  /** What was chosen comes into view, if it is not in it. */
  #bring(): void {
    const { routes, chosen } = this.#shown;
    const of_route = routes.filter(({ id }) => id === chosen_route(this.#shown));
    const points = this.#placed(chosen?.id ?? '');
    const box = points.length > 0 ? features.box_of([], points) : features.box_of(of_route, []);
    const seen = this.#map.getBounds();
    if (!box || box.every((corner) => seen.contains(corner))) return;
    if (points.length > 0) this.#map.easeTo({ center: box[0] });
    else this.#map.fitBounds(box, FIT);
  }

  #placed(id: string): features.Placed[] {
    const { marks, violations, labels } = this.#shown;
    const found = [...marks, ...placed(violations), ...labels].find((one) => one.id === id);
    return found ? [found] : [];
  }
}

function placed(all: Shown['violations']): (features.Placed & { id: string })[] {
  return all.flatMap(({ id, lat, lon }) => (lat == null || lon == null ? [] : [{ id, lat, lon }]));
}

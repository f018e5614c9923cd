/** The small pictures of the map, drawn here in the colours of the hour; a name says what is in it. */

import type { Map as Drawn } from 'maplibre-gl';
import type { Colours } from './style';

/** Picture points to one of the page: sharp on any phone. */
const RATIO = 3;
const SIDE = 30;
/** For a number of two figures, of three, of four and more. */
const CLUSTERS: Record<number, number> = { 1: 34, 2: 44, 3: 54 };

type Pen = CanvasRenderingContext2D;

/** `stop 7`, `stop 7 next`, `violation logged`, `cluster 1`, `mark foot warn`. */
export class Pictures {
  readonly #names = new Set<string>();

  constructor(
    private readonly map: Drawn,
    private colours: Colours,
  ) {}

  need(names: Iterable<string>): void {
    for (const name of names) {
      if (this.#names.has(name)) continue;
      this.#names.add(name);
      this.map.addImage(name, drawn(name, this.colours), { pixelRatio: RATIO });
    }
  }

  /** All of them again, in other colours. */
  recolour(colours: Colours): void {
    this.colours = colours;
    for (const name of this.#names) this.map.updateImage(name, drawn(name, colours));
  }
}

function drawn(name: string, c: Colours): ImageData {
  const [what, ...words] = name.split(' ');
  const own = what === 'cluster' ? CLUSTERS[Number(words[0])] : undefined;
  const points = own ?? SIDE;
  const side = points * RATIO;
  const canvas = document.createElement('canvas');
  canvas.width = side;
  canvas.height = side;
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  if (!pen) return new ImageData(side, side);
  pen.scale(RATIO, RATIO);
  pen.translate(points / 2, points / 2);
  pen.lineJoin = 'round';
  if (what === 'stop') stop(pen, words[0] ?? '', words[1] === 'next', c);
  else if (what === 'cluster') cluster(pen, points / 2 - 2, c);
  else if (what === 'violation') violation(pen, words[0] ?? '', c);
  else mark(pen, words[0] ?? '', words[1] ?? '', c);
  return pen.getImageData(0, 0, side, side);
}

function stop(pen: Pen, number: string, next: boolean, c: Colours): void {
  disc(pen, next ? 13 : 11);
  painted(pen, next ? c.act : c.surface, next ? c.surface : c.act, next ? 2.5 : 2.75);
  written(pen, number, next ? 13.5 : number.length > 1 ? 11 : 12.5, next ? c['on-act'] : c.ink);
}

/** The state is told by the shape: hollow is new, full is accepted, a corner up was sent back. */
function violation(pen: Pen, state: string, c: Colours): void {
  if (state === 'returned' || state === 'backup') {
    polygon(pen, 3, 11.5, -Math.PI / 2, 1.5);
    const loud = state === 'backup';
    painted(pen, loud ? c.danger : c['lamp-off'], c.surface, 2);
    pen.translate(0, 2);
    written(pen, '!', 12, loud ? c['on-danger'] : c['on-lamp']);
  } else if (state === 'annulled') {
    cross(pen, 5.5, c.surface, 6);
    cross(pen, 5.5, c['ink-3'], 2.75);
  } else {
    polygon(pen, 4, 10, 0);
    painted(pen, c.surface, c.surface, 4);
    polygon(pen, 4, 9, 0);
    painted(pen, state === 'accepted' ? c.good : c.surface, c.good, 2.75);
  }
}

/** Many violations: their own shape, with room for a number. */
function cluster(pen: Pen, radius: number, c: Colours): void {
  polygon(pen, 4, radius, 0);
  painted(pen, c.surface, c.good, 2.5);
}

function mark(pen: Pen, shape: string, tone: string, c: Colours): void {
  const fill: Record<string, string> = {
    quiet: c['ink-3'],
    warn: c['lamp-off'],
    danger: c.danger,
    chosen: c.ink,
  };
  const loud = tone === 'chosen' || tone === 'danger';
  if (shape === 'vehicle') plate(pen, loud ? 22 : 17, loud ? 16 : 12);
  else if (shape === 'foot') disc(pen, loud ? 9.5 : 7);
  else polygon(pen, 8, loud ? 12.5 : 10.5, Math.PI / 8);
  painted(pen, fill[tone] ?? c.act, c.surface, 2.5);
  if (tone === 'warn') dot(pen, c['on-lamp']);
  if (tone === 'danger') written(pen, '!', 12, c['on-danger']);
  if (tone === 'quiet') dot(pen, c.surface);
}

function dot(pen: Pen, colour: string): void {
  disc(pen, 2.4);
  pen.fillStyle = colour;
  pen.fill();
}

function disc(pen: Pen, radius: number): void {
  pen.beginPath();
  pen.arc(0, 0, radius, 0, 2 * Math.PI);
}

function plate(pen: Pen, wide: number, tall: number): void {
  pen.beginPath();
  pen.roundRect(-wide / 2, -tall / 2, wide, tall, 3.5);
}

function polygon(pen: Pen, corners: number, radius: number, turn: number, down = 0): void {
  pen.beginPath();
  for (let i = 0; i < corners; i += 1) {
    const angle = turn + (2 * Math.PI * i) / corners;
    pen.lineTo(radius * Math.cos(angle), radius * Math.sin(angle) + down);
  }
  pen.closePath();
}

function cross(pen: Pen, arm: number, colour: string, width: number): void {
  pen.beginPath();
  pen.moveTo(-arm, -arm);
  pen.lineTo(arm, arm);
  pen.moveTo(arm, -arm);
  pen.lineTo(-arm, arm);
  pen.lineCap = 'round';
  pen.strokeStyle = colour;
  pen.lineWidth = width;
  pen.stroke();
}

function painted(pen: Pen, fill: string, edge: string, width: number): void {
  pen.strokeStyle = edge;
  pen.lineWidth = width;
  pen.fillStyle = fill;
  pen.fill();
  pen.stroke();
}

function written(pen: Pen, text: string, size: number, colour: string): void {
  pen.font = `700 ${size}px Golos, system-ui, sans-serif`;
  pen.textAlign = 'center';
  pen.textBaseline = 'alphabetic';
  pen.fillStyle = colour;
  pen.fillText(text, 0, size * 0.36);
}

/** The wire: one request, one answer, both lines of text whose last line counts those between. */
import type { Answer, Ask, Out } from './contract.gen';

/** A record as an answer gives it; `letter` is the hash of the one that made the version. */
export interface Given {
  kind: string;
  id: string;
  version: number;
  letter: string;
}

/** A record and the feeds (numbers in the view's list) that hold it; `line` is its exact text. */
export interface In {
  in: number[];
  given: Given;
  line: string;
}

/** The answer is not whole, or not one of this protocol's. */
export class Cut extends Error {}

const RECORD = '"record":';

/** A whole request. */
export function write_ask(ask: Ask, letters: readonly string[]): string {
  return `${[JSON.stringify(ask), ...letters, `{"end":${letters.length}}`].join('\n')}\n`;
}

/** The header and what it brings. Throws `Cut` unless the whole answer is there. */
export function read_answer(message: string): [Answer, (In | Out)[]] {
  if (!message.endsWith('\n')) throw new Cut('the last line has no end');
  const lines = message.slice(0, -1).split('\n');
  const end = parse<{ end?: number }>(lines.pop() ?? '');
  const head = lines.shift();
  if (head === undefined || end.end !== lines.length) throw new Cut('lines were lost');
  const answer = parse<Answer>(head);
  if (!Number.isSafeInteger(answer.turn)) throw new Cut('no header of ours');
  return [answer, lines.map(read_line)];
}

function read_line(line: string): In | Out {
  if (line.startsWith('{"out":')) return parse<Out>(line);
  const said = parse<{ in: number[]; record: Given }>(line);
  if (!Array.isArray(said.in)) throw new Cut('neither a record nor a leave');
  const { kind, id, version, letter } = said.record;
  const text = line.slice(line.indexOf(RECORD) + RECORD.length, -1);
  return { in: said.in, given: { kind, id, version, letter }, line: text };
}

function parse<T>(line: string): T {
  try {
    return JSON.parse(line);
  } catch {
    throw new Cut('a line that is not JSON');
  }
}

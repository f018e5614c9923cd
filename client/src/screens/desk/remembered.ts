/** Remembers one answer: the one to the question asked last. Lists are the same array until they change. */
export function remembered<A extends readonly unknown[], T>(
  work: (...asked: A) => T,
): (...asked: A) => T {
  let last: { asked: A; answer: T } | null = null;
  return (...asked) => {
    if (last?.asked.every((one, n) => one === asked[n])) return last.answer;
    last = { asked, answer: work(...asked) };
    return last.answer;
  };
}

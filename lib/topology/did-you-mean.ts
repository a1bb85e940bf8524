/**
 * The candidate that someone who typed `text` most likely meant, or undefined where none is near:
 * at most one edit for every three characters typed, and at least one; else the first that begins with the text.
 */
export function didYouMean(text: string, candidates: Iterable<string>): string | undefined {
  const all = [...candidates];
  let nearest: string | undefined;
  let nearestDistance = Math.max(1, Math.floor(text.length / 3)) + 1;
  for (const candidate of all) {
    // The distance is at least the difference in length, so a candidate far longer or shorter needs no table.
    if (Math.abs(candidate.length - text.length) >= nearestDistance) continue;
    const distance = editDistance(text.toLowerCase(), candidate.toLowerCase());
    if (distance < nearestDistance) {
      nearest = candidate;
      nearestDistance = distance;
    }
  }
  return nearest ?? beginningWith(text, all);
}

/** The first candidate that begins with the text: "memory" for "memoryMiB". Shorter texts begin too much by chance. */
export function beginningWith(text: string, candidates: Iterable<string>): string | undefined {
  if (text.length < SHORTEST_BEGINNING) return undefined;
  return [...candidates].find((candidate) => candidate.toLowerCase().startsWith(text.toLowerCase()));
}

const SHORTEST_BEGINNING = 3;

/** The fewest insertions, deletions, replacements and swaps of neighbours that turn `a` into `b` (optimal string alignment). */
function editDistance(a: string, b: string): number {
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      const deleted = (previous[column] ?? 0) + 1;
      const inserted = (current[column - 1] ?? 0) + 1;
      const isSwapped = row > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swapped = isSwapped ? (beforePrevious[column - 2] ?? 0) + 1 : Infinity;
      current.push(Math.min(replaced, deleted, inserted, swapped));
    }
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? a.length;
}

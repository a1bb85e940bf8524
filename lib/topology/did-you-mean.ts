/** No name is as long; what it takes to compare two texts grows with the product of their lengths. */
const LONGEST_TEXT = 128;

/** So many different texts get advice: of as many faults of one kind no more are printed. */
const MOST_ADVISED = 200;

/** So many words are asked for in one question; of more that are equally near none is likelier than another. */
const MOST_ASKED = 3;

/** The question what was meant by `text`: "did you mean a, b or c?"; undefined where nothing is near. See {@link nearest}. */
export function didYouMean(text: string, candidates: Iterable<string>): string | undefined {
  const near = nearest(text, candidates);
  return near.length > 0 ? ask(near) : undefined;
}

/**
 * Asks as {@link didYouMean} for any number of texts: each is looked up once, and only so many are.
 * @returns takes a text, and a candidate that it cannot be
 */
export function adviserOn(
  candidates: Iterable<string>,
): (text: string, except?: string) => string | undefined {
  const all = [...candidates];
  const known = new Map<string, readonly string[]>();
  return (text, except) => {
    let near = known.get(text) ?? [];
    if (!known.has(text) && known.size < MOST_ADVISED) {
      near = nearest(text, all);
      known.set(text, near);
    }
    if (except !== undefined && near.includes(except)) {
      return didYouMean(
        text,
        all.filter((candidate) => candidate !== except),
      );
    }
    return near.length > 0 ? ask(near) : undefined;
  };
}

/** "did you mean a, b or c?" */
export function ask(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return `did you mean ${words.length > 1 ? `${words.slice(0, -1).join(", ")} or ${last}` : last}?`;
}

/**
 * The candidates that someone who typed `text` most likely meant, all equally near: at most one edit for every three
 * characters typed, and at least one; else the first that begins with the text. None where more than three are.
 */
export function nearest(text: string, candidates: Iterable<string>): readonly string[] {
  if (text.length > LONGEST_TEXT) return [];
  const all = [...candidates];
  let near: string[] = [];
  let nearestDistance = Math.max(1, Math.floor(text.length / 3));
  for (const candidate of all) {
    // The distance is at least the difference in length, so a candidate far longer or shorter needs no table.
    if (Math.abs(candidate.length - text.length) > nearestDistance) continue;
    const distance = editDistance(text.toLowerCase(), candidate.toLowerCase(), nearestDistance);
    if (distance > nearestDistance) continue;
    if (distance < nearestDistance) near = [];
    near.push(candidate);
    nearestDistance = distance;
  }
  if (near.length > 0) return near.length > MOST_ASKED ? [] : near;
  const begun = beginningWith(text, all);
  return begun === undefined ? [] : [begun];
}

/** The first candidate that begins with the text: "memory" for "memoryMiB". Shorter texts begin too much by chance. */
export function beginningWith(text: string, candidates: Iterable<string>): string | undefined {
  if (text.length < SHORTEST_BEGINNING) return undefined;
  return [...candidates].find((candidate) => candidate.toLowerCase().startsWith(text.toLowerCase()));
}

const SHORTEST_BEGINNING = 3;

/** The fewest insertions, deletions, replacements and swaps of neighbours that turn `a` into `b` (optimal string alignment). More than `most`: any number above it. */
function editDistance(a: string, b: string, most: number): number {
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
    // No later row comes below the least of this one.
    if (Math.min(...current) > most) return most + 1;
    beforePrevious = previous;
    previous = current;
  }
  return previous[b.length] ?? a.length;
}

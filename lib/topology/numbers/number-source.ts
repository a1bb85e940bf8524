import type { FaultPath } from "../fault";
import type { NumberKind } from "./number-kind";
import type { Run } from "./run";

/** Where the members of a pool get their numbers of one kind from: member n has the n-th. */
export interface NumberSource {
  /** The key it is written under. */
  readonly path: FaultPath;
  /** The runs in their order, each with where it is written. */
  readonly entries: readonly SourceEntry[];
  /** Whether only the first number is written, and the runs are as long as the pool. */
  readonly open: boolean;
}

/** One run of a source. */
export interface SourceEntry {
  readonly run: Run;
  readonly path: FaultPath;
}

/** The source that is written as a number alone: that of member 1, which the others follow. */
export function openSource(first: bigint, count: number, path: FaultPath): NumberSource {
  return { path, open: true, entries: [{ run: { first, last: first + BigInt(count - 1) }, path }] };
}

/** The source that is written as a range or a list. The draft is sure to parse. */
export function listedSource(
  kind: NumberKind,
  value: string | readonly (string | number)[],
  path: FaultPath,
): NumberSource {
  const entries =
    typeof value === "object"
      ? value.map((entry, index) => ({ run: parseRun(kind, String(entry)), path: [...path, index] }))
      : [{ run: parseRun(kind, value), path }];
  return { path, entries, open: false };
}

/** A number ("401") or a range of them ("401-410"). The text is sure to parse. */
export function parseRun(kind: NumberKind, text: string): Run {
  const [first = "", last = first] = text.split("-");
  return { first: kind.parse(first.trim()), last: kind.parse(last.trim()) };
}

/** A run as it is written. */
export function formatRun(kind: NumberKind, { first, last }: Run): string {
  return first === last ? kind.format(first) : `${kind.format(first)}-${kind.format(last)}`;
}

/** Numbers as an error tells them: "401 to 403". */
export function rangeText({ format }: NumberKind, { first, last }: Run): string {
  return first === last ? format(first) : `${format(first)} to ${format(last)}`;
}

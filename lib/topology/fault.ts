/** Where a value is in a topology: `["clusters", "nprd-apps", "network", "dnsServers", 0]`. Empty for the whole. */
export type FaultPath = readonly (string | number)[];

/** A place in a text file, line and column counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
  /**
   * Name of the file.
   * @default - the file that the topology was loaded from
   */
  readonly file?: string;
}

/** One thing that is wrong with a topology. */
export interface Fault {
  /** The value at fault. */
  readonly path: FaultPath;
  /** What is wrong, the value that was got included: "got 40". */
  readonly problem: string;
  /** What to do about it: "must be a whole number from 100 to 999999999". */
  readonly fix: string;
  /**
   * Where the value, or the mapping it is missing from, stands in the file.
   * @default - unknown: the topology did not come from a file
   */
  readonly position?: Position;
  /**
   * Name of the rule that was broken, where its level can be set.
   * @default - none: it holds always
   */
  readonly rule?: string;
}

/** The dotted text of a path: `clusters.nprd-apps.network.dnsServers[0]`. Keys with other characters are quoted. */
export function formatPath(path: FaultPath): string {
  return path
    .map((segment, index) => {
      if (typeof segment === "number") return `[${segment}]`;
      const key = /^[\w-]+$/.test(segment) ? segment : printable(segment);
      return index === 0 ? key : `.${key}`;
    })
    .join("");
}

/**
 * The one line that tells a fault: `topology.yaml:12:5 clusters.nprd-apps.firstVmId: <problem>; <fix>`,
 * with the name of its rule behind it where its level can be set: `… [even-servers]`.
 * @param file the name of the file as the user gave it; left out where the topology is an object
 */
export function formatFault(fault: Fault, file?: string): string {
  const { position } = fault;
  const inFile = position?.file ?? file;
  const place = position && inFile !== undefined ? `${inFile}:${position.line}:${position.column}` : inFile;
  const where = [place, formatPath(fault.path)].filter(Boolean).join(" ") || "topology";
  const rule = fault.rule === undefined ? "" : ` [${fault.rule}]`;
  return `${where}: ${fault.problem}; ${fault.fix}${rule}`;
}

/**
 * The faults in the order of the file where positions are known, else as they were found; those in other files come
 * after them.
 */
export function inFileOrder<T extends Fault>(faults: readonly T[]): T[] {
  const file = ({ position }: Fault): string => position?.file ?? "";
  const line = ({ position }: Fault): number => position?.line ?? 0;
  const column = ({ position }: Fault): number => position?.column ?? 0;
  return [...faults].sort(
    (a, b) => file(a).localeCompare(file(b)) || line(a) - line(b) || column(a) - column(b),
  );
}

/** A value as an error may quote it: on one line, short, and safe for any input (a circular object, a huge text). */
export function quote(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (typeof value === "string") return printable(value);
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint")
    return String(value);
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : "a list";
  return typeof value === "object" ? "a mapping" : `a ${typeof value}`;
}

const LONGEST_QUOTE = 60;

function printable(text: string): string {
  const short = text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
  // Escapes line breaks as JSON does, and the other characters that could disturb a terminal.
  return JSON.stringify(short).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

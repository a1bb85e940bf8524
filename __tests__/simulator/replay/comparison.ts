import { ALLOWANCES } from "./allowances";
import { Bindings } from "./bindings";

/** A place where the simulator answered something else than the genuine server. */
export interface Difference {
  /** `body.data.scsi0` */
  readonly path: string;
  readonly recorded: unknown;
  readonly simulated: unknown;
}

/** Compares answers, remembering which generated value stands for which. */
export class Comparison {
  readonly bindings = new Bindings();

  /**
   * Everything that differs and may not.
   *
   * @param within the recorded object that `recorded` is in
   */
  compare(recorded: unknown, simulated: unknown, path: string, within?: unknown): Difference[] {
    if (isRecord(recorded) && isRecord(simulated)) {
      const keys = [...new Set([...Object.keys(recorded), ...Object.keys(simulated)])];
      return keys.flatMap((key) => this.compare(recorded[key], simulated[key], `${path}.${key}`, recorded));
    }
    if (Array.isArray(recorded) && Array.isArray(simulated))
      return this.#compareLists(recorded, simulated, path);
    if (Object.is(recorded, simulated)) return [];
    if (path.endsWith(".content") && asSet(recorded) === asSet(simulated)) return [];
    if (typeof recorded === "string" && typeof simulated === "string") {
      if (this.bindings.bind(recorded, simulated)) return [];
    }
    const isAllowed = ALLOWANCES.some((each) => each.covers(path, recorded, simulated, within));
    return isAllowed ? [] : [{ path, recorded, simulated }];
  }

  #compareLists(recorded: readonly unknown[], simulated: readonly unknown[], path: string): Difference[] {
    const [expected, actual] = [inOrder(recorded), inOrder(simulated)];
    const length = Math.max(expected.length, actual.length);
    return Array.from({ length }, (_, index) =>
      this.compare(
        expected[index],
        actual[index],
        `${path}[${rowKey(expected[index] ?? actual[index]) ?? index}]`,
      ),
    ).flat();
  }
}

/** Rows that the genuine server lists in no order are put into one; those of a log or a task list keep theirs. */
function inOrder(rows: readonly unknown[]): readonly unknown[] {
  if (!rows.every((row) => isRecord(row) && rowKey(row) !== undefined)) return rows;
  return [...rows].sort((one, other) => String(rowKey(one)).localeCompare(String(rowKey(other))));
}

function rowKey(row: unknown): string | number | undefined {
  if (!isRecord(row) || "upid" in row || "n" in row) return undefined;
  const key = [row.id, row.key, row.vmid, row.storage, row.poolid, row.node, row.userid, row.iface].find(
    (value) => value !== undefined,
  );
  return typeof key === "string" || typeof key === "number" ? key : undefined;
}

/** Content types of a storage, which the genuine server lists in any order. */
function asSet(list: unknown): string {
  return typeof list === "string" ? list.split(",").sort().join() : "";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

import type { FaultPath } from "../fault";
import type { MemberOverride, PoolPlan } from "../pools/pool-plan";
import type { NumberKind } from "../numbers/number-kind";
import type { NumberSource } from "../numbers/number-source";
import { firstNumbers } from "../numbers/run";
import type { Run } from "../numbers/run";

/** The numbers of one kind that the members of a pool have. */
export interface Allotment {
  readonly kind: NumberKind;
  readonly pool: PoolPlan;
  /** What the numbers may come from. */
  readonly bounds: Run;
  /** Where members without a number of their own get theirs from: member n has the n-th, whoever is left out. */
  readonly source?: NumberSource;
  /** Where a member's own number is written in its override: `["networks", "storage", "address"]`. */
  readonly memberKey: readonly string[];
  /** By number of the member, in ascending order. Those that are not in it have none. */
  readonly values: ReadonlyMap<number, bigint>;
  /** Where numbers of single members are written, by number of the member. */
  readonly own: ReadonlyMap<number, FaultPath>;
}

/**
 * Gives the members of a pool their numbers.
 * @param ownOf the number that a member's override gives it in place of the one at its position, which stays unused
 * then; "bad" where its fault is told already
 */
export function allot(
  scope: Omit<Allotment, "values" | "own">,
  ownOf: (override: MemberOverride, path: FaultPath) => bigint | "bad" | undefined,
): Allotment {
  const { pool, source, memberKey } = scope;
  const runs = source?.entries.map(({ run }) => run) ?? [];
  const positions = firstNumbers(runs, pool.count ?? 0);
  const values = new Map<number, bigint>();
  const own = new Map<number, FaultPath>();
  for (const number of pool.numbers) {
    let value: bigint | "bad" | undefined = positions[number - 1];
    const override = pool.settings.overrides?.[number];
    if (override) {
      const path = [...pool.path, "overrides", String(number), ...memberKey];
      const mine = ownOf(override, path);
      if (mine !== undefined) {
        value = mine;
        own.set(number, path);
      }
    }
    if (typeof value === "bigint") values.set(number, value);
  }
  return { ...scope, values, own };
}

import { formatFault, type Topology } from "../topology";
import { countOf } from "./units";

/** So many warnings of one rule are told one by one: what a hundred clusters have in common has one cause. */
const MOST_OF_A_RULE = 5;

/**
 * The warnings of a topology that are not acknowledged, one to a line, in their order.
 * @param file name of the topology's file; left out where it is an object
 */
export function warningLines({ warnings }: Topology, file?: string): string[] {
  const counts = new Map<string, number>();
  const told = warnings
    .filter(({ acknowledged }) => !acknowledged)
    .filter(({ rule }) => {
      const count = (counts.get(rule) ?? 0) + 1;
      counts.set(rule, count);
      return count <= MOST_OF_A_RULE;
    });
  const more = [...counts].filter(([, count]) => count > MOST_OF_A_RULE);
  return [
    ...told.map((warning) => formatFault(warning, file)),
    ...more.map(([rule, count]) => `… and ${countOf(count - MOST_OF_A_RULE, "more", "more")} [${rule}]`),
  ];
}

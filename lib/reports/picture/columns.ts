/** As many columns as there may be, and then no more than as many rows need: 5 stand in 3 and 2, not in 4 and 1. */
export function balancedColumns(count: number, most: number): number {
  return Math.ceil(count / Math.ceil(count / Math.max(1, most)));
}

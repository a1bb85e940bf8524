import { ApiError, TaskError } from "../../../../provider/proxmox/api-error";
import type { Advice } from "../../../../provider/failure/advice/situation";
import { failureDiagnostic } from "../../../../provider/failure/failure";

export const TOKEN = "terraform@pve!provider";

/** A text of Proxmox's, and what a person has to be told after it. */
export type Row = readonly [said: string, ...told: string[]];

const CALL = { method: "PUT", path: "/nodes/pve1/qemu/401/config" } as const;
const UPID = "UPID:pve1:0000041A:000AD3F5:6B034459:qmstart:401:root@pam:";

/** What is told when a call about VM 401 on node pve1 is answered with that. */
export function afterCall(said: string, status = 500, parameterErrors: Record<string, string> = {}): string {
  const error = new ApiError(CALL, status, said, parameterErrors);
  return failureDiagnostic("configure VM 401 on node pve1", error, TOKEN).detail;
}

/** What is told when a task about VM 401 on node pve1 ends with that. */
export function afterTask(exitStatus: string, logTail: readonly string[] = []): string {
  const error = new TaskError(UPID, "qmstart", exitStatus, logTail);
  return failureDiagnostic("start VM 401 on node pve1", error, TOKEN).detail;
}

/** Tests every text as an answer and as the end of a task, and that each entry of the list is met by one. */
export function describeAdvice(list: readonly Advice[], rows: readonly Row[]): void {
  test.each(rows.map((row) => [row[0], row] as const))("%s", (said, [, ...told]) => {
    for (const detail of [afterCall(said), afterTask(said)]) {
      expect(detail).toContain(said);
      for (const text of told) expect(detail).toContain(text);
    }
  });

  test("every entry is the first to take one of these texts", () => {
    const met = rows.map(([said]) => list.find((entry) => entry.said.test(said)));
    expect(list.filter((entry) => !met.includes(entry)).map((entry) => entry.said.source)).toEqual([]);
  });
}

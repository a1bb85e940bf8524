import type { FaultRule } from "../../../simulator";
import type { Transcript } from "./recordings";

/** The recorded host could not look into the image of a running VM, and its scripted agent failed to shut one down. */
const HOST_FAULT = /Failed to get shared "write" lock|^VM quit\/powerdown failed$/;

/** Tasks that failed for a reason of the recording host's own. */
export function hostFaults({ exchanges }: Transcript): FaultRule[] {
  const counts = new Map<string, number>();
  return exchanges.flatMap(({ request, response }) => {
    const task = /\/tasks\/UPID(?:%3A|:)[^/]+\/status/.test(request?.path ?? "") ? response?.body : undefined;
    const { type = "", exitstatus = "" } =
      (task as { data?: { type?: string; exitstatus?: string } } | undefined)?.data ?? {};
    const nth = (counts.get(type) ?? 0) + 1;
    counts.set(type, nth);
    if (!HOST_FAULT.test(exitstatus)) return [];
    return [{ task: { type }, nth, action: { kind: "fail", exitStatus: exitstatus } }];
  });
}

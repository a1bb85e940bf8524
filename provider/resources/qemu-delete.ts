import { errorDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { Context } from "../plugin/provider";
import type { ObjectValue } from "../plugin/value";
import type { ApiClient } from "../proxmox/api-client";
import { waitForTask } from "../proxmox/tasks";
import { isVmRunning, vmPath } from "../proxmox/virtual-machine";
import { deadlineIn } from "../proxmox/waiting";
import { failureDiagnostic } from "./failure";
import { locateVm } from "./qemu-locate";
import { hiddenDiagnostic, placeOf, templateDiagnostic } from "./qemu-read";
import { timeoutSeconds } from "./timeouts";
import { vmLabel } from "./vm-label";

/** Stops a VM and removes it with all its disks. One that is not there any more is as good as removed. */
export async function deleteQemu(
  { state }: { state: ObjectValue },
  { client, logger, stopping }: Context<ApiClient>,
): Promise<readonly Diagnostic[]> {
  const known = placeOf(state);
  const deadline = deadlineIn(timeoutSeconds(state, "delete"), stopping);
  let label = `${vmLabel(state)} on node ${known.node}`;
  let step = "find";
  try {
    const located = await locateVm(client, known);
    if (located === "gone") return [];
    if (located === "hidden") return [hiddenDiagnostic(label, known)];
    const { place, config } = located;
    label = `${vmLabel(state)} on node ${place.node}`;
    if (config["template"] === 1) return [templateDiagnostic(`delete ${label}`)];
    // Proxmox refuses to delete a protected VM, but only after it would have been stopped.
    if (config["protection"] === 1) return [protectedDiagnostic(label)];
    step = "stop";
    if (await isVmRunning(client, place)) {
      const upid = await client.post<string>(`${vmPath(place)}/status/stop`);
      await waitForTask(client, upid, deadline, logger);
    }
    step = "delete";
    const upid = await client.delete<string>(vmPath(place), {
      purge: true,
      "destroy-unreferenced-disks": true,
    });
    await waitForTask(client, upid, deadline, logger);
    return [];
  } catch (error) {
    return [failureDiagnostic(`${step} ${label}`, error, client.tokenId)];
  }
}

function protectedDiagnostic(label: string): Diagnostic {
  return errorDiagnostic(
    `Unable to delete ${label}: it is protected`,
    "It was not touched. To let it go switch off Protection in its Options in Proxmox, then run again.",
  );
}

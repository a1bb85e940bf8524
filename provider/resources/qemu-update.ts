import type { Context, ResourceResult } from "../plugin/provider";
import type { ObjectValue } from "../plugin/value";
import type { ApiClient } from "../proxmox/api-client";
import { isVmRunning, readVmConfig, updateVmConfig, type VmPlace } from "../proxmox/virtual-machine";
import { deadlineIn, type Deadline } from "../proxmox/waiting";
import { failureDiagnostic } from "./failure";
import { configChanges } from "./qemu-config";
import { growDisk, startVm, waitUntilReady } from "./qemu-finish";
import { changePool } from "./qemu-pool";
import { placeOf } from "./qemu-read";
import { rebootDiagnostics } from "./qemu-reboot";
import { stateFromConfig } from "./qemu-state";
import { timeoutSeconds } from "./timeouts";
import { vmLabel } from "./vm-label";

/** Changes a VM in place. Where a step fails the state keeps what was true before it, for the next plan to compare. */
export async function updateQemu(
  { prior, planned, config }: { prior: ObjectValue; planned: ObjectValue; config: ObjectValue },
  context: Context<ApiClient>,
): Promise<ResourceResult> {
  const { client, stopping } = context;
  const place = placeOf(prior);
  const label = `${vmLabel(prior)} on node ${place.node}`;
  const deadline = deadlineIn(timeoutSeconds(planned, "update"), stopping);
  let step = "configure";
  try {
    const actual = await readVmConfig(client, place);
    const changes = configChanges(planned, prior, actual);
    await updateVmConfig(client, place, changes, actual);
    step = "grow the disk of";
    await growDisk(place, planned, actual, deadline, context);
    step = "change the pool of";
    await changePool(client, place, prior, planned);
    step = "read";
    const running = await isVmRunning(client, place);
    const diagnostics = running ? await rebootDiagnostics(client, place, prior, changes) : [];
    step = "start";
    const ready = running ? undefined : await startStopped(place, planned, config, deadline, context);

    const state = stateFromConfig(planned, place, await readVmConfig(client, place));
    return {
      state: {
        ...state,
        ipv4_address: state["ipv4_address"] ?? ready?.address ?? null,
      },
      diagnostics: [...diagnostics, ...(ready?.diagnostics ?? [])],
    };
  } catch (error) {
    return { state: prior, diagnostics: [failureDiagnostic(`${step} ${label}`, error, client.tokenId)] };
  }
}

async function startStopped(
  place: VmPlace,
  planned: ObjectValue,
  config: ObjectValue,
  deadline: Deadline,
  context: Context<ApiClient>,
): Promise<Awaited<ReturnType<typeof waitUntilReady>> | undefined> {
  if (planned["startup"] !== true) return undefined;
  await startVm(place, deadline, context);
  return await waitUntilReady(
    place,
    planned,
    config,
    await readVmConfig(context.client, place),
    deadline,
    context,
  );
}

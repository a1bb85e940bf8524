import { errorDiagnostic, warningDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { Context } from "../plugin/provider";
import type { ObjectValue } from "../plugin/value";
import type { ApiClient } from "../proxmox/api-client";
import { parseDisk, parseDiskRequest, parseSizeBytes, printSize } from "../proxmox/disk";
import { waitForAddress } from "../proxmox/guest-agent";
import { parsePropertyBoolean, parsePropertyString } from "../proxmox/property-string";
import { waitForTask } from "../proxmox/tasks";
import { vmPath, type VmConfig, type VmPlace } from "../proxmox/virtual-machine";
import type { Deadline } from "../proxmox/waiting";
import { staticAddress } from "./qemu-state";
import { configuredTimeout } from "./timeouts";
import { vmLabel } from "./vm-label";

/** An agent that has not come up by then is not going to, unless `timeouts.create` says that it takes longer. */
const AGENT_WAIT_SECONDS = 300;

/**
 * Grows the boot disk to what is planned; a disk that has that size or more is left alone.
 *
 * @throws ApiError, TaskError, WaitError, ConnectionError
 */
export async function growDisk(
  place: VmPlace,
  planned: ObjectValue,
  actual: VmConfig,
  deadline: Deadline,
  context: Context<ApiClient>,
): Promise<void> {
  if (typeof planned["scsi0"] !== "string") return;
  const size = printSize(parseDiskRequest(planned["scsi0"]).sizeGiB);
  const sizeBytes = parseDisk(String(actual["scsi0"] ?? "none"))?.sizeBytes;
  if (sizeBytes !== undefined && sizeBytes >= parseSizeBytes(size)) return;
  // The call answered null instead of a task before PVE 8.
  const upid = await context.client.put<string | null>(`${vmPath(place)}/resize`, { disk: "scsi0", size });
  if (upid !== null) await waitForTask(context.client, upid, deadline, context.logger);
}

/** @throws ApiError, TaskError, WaitError, ConnectionError */
export async function startVm(
  place: VmPlace,
  deadline: Deadline,
  context: Context<ApiClient>,
): Promise<void> {
  const upid = await context.client.post<string>(`${vmPath(place)}/status/start`);
  await waitForTask(context.client, upid, deadline, context.logger);
}

/** What waiting for a started VM brought. */
export interface Readiness {
  /** @default - not waited for */
  readonly address?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Waits for a started VM as `wait_for` says. Where the VM's agent is off waiting could not end: that is an error where
 * the configuration asks for it, and a warning where it is only the default.
 *
 * @throws ApiError, WaitError, ConnectionError
 */
export async function waitUntilReady(
  place: VmPlace,
  planned: ObjectValue,
  config: ObjectValue,
  actual: VmConfig,
  deadline: Deadline,
  context: Context<ApiClient>,
): Promise<Readiness> {
  if (planned["wait_for"] !== "agent") return { diagnostics: [] };
  const agent = parsePropertyString(String(actual["agent"] ?? "0"), "enabled").get("enabled") ?? "0";
  if (!parsePropertyBoolean(agent)) {
    const diagnostic = config["wait_for"] === null ? warningDiagnostic : errorDiagnostic;
    return {
      diagnostics: [
        diagnostic(
          `${vmLabel(planned)} was not waited for`,
          "The QEMU guest agent is off for this VM, so it cannot tell when it is up. Set agent = true where the " +
            'template has the agent installed, or wait_for = "none" to say that this is meant.',
          ["wait_for"],
        ),
      ],
    };
  }
  const limitMs =
    configuredTimeout(planned, "create") === undefined ? Date.now() + AGENT_WAIT_SECONDS * 1000 : Infinity;
  const address = await waitForAddress(context.client, place, staticAddress(planned["ipconfig0"] ?? null), {
    ...deadline,
    atMs: Math.min(deadline.atMs, limitMs),
  });
  return { address, diagnostics: [] };
}

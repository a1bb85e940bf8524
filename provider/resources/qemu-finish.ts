import { errorDiagnostic, warningDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { Context } from "../plugin/provider";
import type { ObjectValue } from "../plugin/value";
import { TaskError } from "../proxmox/api-error";
import { parseDisk, parseDiskRequest, parseSizeBytes, printSize } from "../proxmox/disk";
import { waitForAddress, type ExpectedAddress } from "../proxmox/guest-agent";
import { findMacAddress } from "../proxmox/network-device";
import { isWorthRepeating, reach, readThrough, type Goal } from "../proxmox/persistence";
import { parsePropertyBoolean, parsePropertyString } from "../proxmox/property-string";
import { waitForTask } from "../proxmox/tasks";
import { isVmRunning, readVmConfig, vmPath, type VmConfig, type VmPlace } from "../proxmox/virtual-machine";
import { deadlineIn, type Deadline } from "../proxmox/waiting";
import type { Proxmox } from "./proxmox";
import { waitForPowerTask } from "./qemu-power";
import { onlyIpv6, staticAddress } from "./qemu-state";
import { parseDurationSeconds } from "./timeouts";
import { requiredText } from "./values";
import { vmLabel } from "./vm-label";

/**
 * Grows the boot disk to what is planned; a disk that has that size or more is left alone.
 *
 * @param before the VM's configuration as far as its disks go
 * @returns the configuration after it
 * @throws ApiError, TaskError, WaitError, ConnectionError
 */
export async function growDisk(
  place: VmPlace,
  planned: ObjectValue,
  before: VmConfig,
  deadline: Deadline,
  { client: { client }, logger }: Context<Proxmox>,
): Promise<VmConfig> {
  const read = (): Promise<VmConfig> =>
    readThrough(`the configuration of VM ${place.vmid}`, deadline, logger, () => readVmConfig(client, place));
  if (typeof planned["scsi0"] !== "string") return await read();
  const size = printSize(parseDiskRequest(planned["scsi0"]).sizeGiB);
  const hasSize = (config: VmConfig): boolean => {
    const sizeBytes = parseDisk(String(config["scsi0"] ?? "none"))?.sizeBytes;
    return sizeBytes !== undefined && sizeBytes >= parseSizeBytes(size);
  };
  if (!hasSize(before)) {
    const goal: Goal = {
      what: `the disk of VM ${place.vmid} to have ${size}`,
      isReached: async () => hasSize(await readVmConfig(client, place)),
      attempt: async () => {
        // The call answered null instead of a task before PVE 8.
        const upid = await client.put<string | null>(`${vmPath(place)}/resize`, { disk: "scsi0", size });
        if (upid !== null) await waitForTask(client, upid, deadline, logger);
      },
      isNew: true,
    };
    await reach(goal, deadline, logger);
  }
  return await read();
}

/** @throws ApiError, TaskError, WaitError, ConnectionError */
export async function startVm(place: VmPlace, deadline: Deadline, context: Context<Proxmox>): Promise<void> {
  const { client: proxmox, logger } = context;
  const { client } = proxmox;
  const goal: Goal = {
    what: `VM ${place.vmid} to run`,
    isReached: () => isVmRunning(client, place),
    attempt: async () => {
      const upid = await client.post<string>(`${vmPath(place)}/status/start`);
      await waitForPowerTask(upid, place, true, deadline, context);
    },
    // One that runs already says so, and is then looked at.
    isNew: true,
    isPassing: (error) =>
      isWorthRepeating(error) || (error instanceof TaskError && / already running/.test(error.exitStatus)),
  };
  await reach(goal, deadline, logger);
  proxmox.forget();
}

/** What waiting for a started VM brought. */
export interface Readiness {
  /** IPv4 address. @default - none was waited for */
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
  context: Context<Proxmox>,
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
  const limit = deadlineIn(parseDurationSeconds(requiredText(planned, "agent_timeout")), deadline.stopping);
  const expected = expectedAddress(planned, actual);
  const address = await waitForAddress(context.client.client, place, expected, {
    ...limit,
    atMs: Math.min(deadline.atMs, limit.atMs),
  });
  return { ...(expected.family === "ipv4" && { address }), diagnostics: [] };
}

/** What `ipconfig0` lets one expect: the IPv4 address, and the IPv6 address where it has no other. */
function expectedAddress(planned: ObjectValue, actual: VmConfig): ExpectedAddress {
  const configured = planned["ipconfig0"];
  const ipconfig0 = typeof configured === "string" ? configured : String(actual["ipconfig0"] ?? "");
  const address = staticAddress(ipconfig0);
  if (address !== undefined) return { family: "ipv4", address };
  const ipv6 = onlyIpv6(ipconfig0);
  if (ipv6?.address !== undefined) return { family: "ipv6", address: ipv6.address };
  return {
    family: ipv6 === undefined ? "ipv4" : "ipv6",
    macAddress: findMacAddress(String(actual["net0"] ?? "")),
  };
}

import { errorDiagnostic, warningDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { Context } from "../plugin/provider";
import type { ObjectValue } from "../plugin/value";
import { WaitError } from "../proxmox/api-error";
import { waitForAddress, type ExpectedAddress } from "../proxmox/guest-agent";
import { findMacAddress } from "../proxmox/network-device";
import { parsePropertyBoolean, parsePropertyString } from "../proxmox/property-string";
import type { VmConfig, VmPlace } from "../proxmox/virtual-machine";
import { deadlineIn, type Deadline } from "../proxmox/waiting";
import type { Proxmox } from "../session/proxmox";
import { findsIpv6, isOnlyIpv6, staticAddress } from "./qemu-addresses";
import { parseDurationSeconds } from "./timeouts";
import { requiredText } from "../plugin/object-values";
import { vmLabel } from "./vm-label";

/**
 * How long a VM that is up may take to find an IPv6 address beside its IPv4 address: routers answer within seconds, and
 * where there is none the VM is as good without.
 */
const IPV6_LIMIT_SECONDS = 10;

/** What waiting for a started VM brought. */
export interface Readiness {
  /** @default - none was waited for */
  readonly ipv4Address?: string;
  /** @default - none was waited for, or it was not there in time */
  readonly ipv6Address?: string;
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
  const wait = (expected: ExpectedAddress, limitSeconds: number): Promise<string> => {
    const limit = deadlineIn(limitSeconds, deadline.stopping);
    const atMs = Math.min(deadline.atMs, limit.atMs);
    return waitForAddress(context.client.client, place, expected, { ...limit, atMs });
  };
  const ipconfig0 = ipconfig0Of(planned, actual);
  const macAddress = findMacAddress(String(actual["net0"] ?? ""));
  const expected = expectedAddress(ipconfig0, macAddress);
  const address = await wait(expected, parseDurationSeconds(requiredText(planned, "agent_timeout")));
  if (expected.family === "ipv6") return { ipv6Address: address, diagnostics: [] };
  if (!findsIpv6(ipconfig0)) return { ipv4Address: address, diagnostics: [] };
  const ipv6Address = await wait({ family: "ipv6", macAddress }, IPV6_LIMIT_SECONDS).catch(inVain);
  return { ipv4Address: address, ipv6Address, diagnostics: [] };
}

/** The state with the addresses that were waited for, where it does not have them yet. */
export function withAddresses(state: ObjectValue, ready: Readiness | undefined): ObjectValue {
  return {
    ...state,
    ipv4_address: state["ipv4_address"] ?? ready?.ipv4Address ?? null,
    ipv6_address: state["ipv6_address"] ?? ready?.ipv6Address ?? null,
  };
}

function inVain(error: unknown): undefined {
  if (!(error instanceof WaitError)) throw error;
  return undefined;
}

function ipconfig0Of(planned: ObjectValue, actual: VmConfig): string {
  const configured = planned["ipconfig0"];
  return typeof configured === "string" ? configured : String(actual["ipconfig0"] ?? "");
}

/** What `ipconfig0` lets one expect: the IPv4 address, and the IPv6 address where it has no other. */
function expectedAddress(ipconfig0: string, macAddress: string | undefined): ExpectedAddress {
  const family = isOnlyIpv6(ipconfig0) ? "ipv6" : "ipv4";
  const address = staticAddress(ipconfig0, family);
  return address === undefined ? { family, macAddress } : { family, address };
}

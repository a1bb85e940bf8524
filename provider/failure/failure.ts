import { errorDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import { ApiError, ConnectionError, TaskError, WaitError } from "../proxmox/api-error";
import { isOutcomeUnknown } from "../proxmox/verdict";
import { UNREACHABLE } from "../proxmox/waiting";
import { adviseSaid } from "./advice/advice";
import { adviseConnection } from "./advice/connection-advice";
import { situationOf } from "./advice/situation";
import { OccupiedDiskError } from "./occupied-disk-error";

/**
 * Tells a person what failed. What is no failure of Proxmox is told as a bug of the provider: thrown further, it would
 * cost a VM its state.
 *
 * @param doing what could not be done and to which VM on which node, to follow "Unable to", such as
 *   `start VM 401 (rancher-manager-1) on node pve1`
 * @param tokenId `user@realm!token`, whose rights may be at fault
 */
export function failureDiagnostic(doing: string, error: unknown, tokenId: string): Diagnostic {
  const lines = describe(error, tokenId) ?? [
    error instanceof Error ? `${error.name}: ${error.message}` : String(error),
    "This is a fault of the provider, not of the configuration: please report it with this message.",
  ];
  const unknown = isOutcomeUnknown(error) ? [OUTCOME_UNKNOWN] : [];
  return errorDiagnostic(`Unable to ${doing}`, [...lines, ...unknown].join("\n"));
}

const OUTCOME_UNKNOWN =
  "Whether Proxmox has carried it out to the end is not known, for the answer was lost. Run terraform apply again: it looks " +
  "at what is there before it changes anything.";

function describe(error: unknown, tokenId: string): string[] | undefined {
  if (error instanceof ApiError) {
    const parameters = Object.entries(error.parameterErrors).map(([name, text]) => `  ${name}: ${text}`);
    return [
      `Call: ${error.call.method} ${error.call.path}`,
      `Proxmox said (${error.status}): ${error.said}`,
      ...parameters,
      ...next(
        adviseSaid(
          [error.said, ...Object.values(error.parameterErrors)].join("\n"),
          error.status,
          situationOf(error, tokenId),
        ),
      ),
    ];
  }
  if (error instanceof TaskError) {
    return [
      `Task: ${error.upid}`,
      `Proxmox said: ${error.exitStatus}`,
      ...(error.logTail.length > 1 ? ["Its log ends:", ...error.logTail.map((line) => `  ${line}`)] : []),
      ...next(
        adviseSaid([error.exitStatus, ...error.logTail].join("\n"), undefined, situationOf(error, tokenId)),
      ),
    ];
  }
  if (error instanceof WaitError) {
    const { awaited, reason, waitedSeconds } = error;
    return [
      reason === "timeout"
        ? `It took too long: waited ${waitedSeconds} s for ${awaited}.`
        : `Terraform was asked to stop while it waited for ${awaited}.`,
      ...(error.lastSeen === undefined ? [] : [`Last seen: ${error.lastSeen}.`]),
      ...next(adviseWait(error)),
    ];
  }
  if (error instanceof OccupiedDiskError) return [error.message];
  if (error instanceof ConnectionError) {
    return [
      `Call: ${error.call.method} ${error.call.path} on ${error.origin}`,
      `What happened: ${error.message} (${error.code})`,
      ...next(adviseConnection(error.code, error.origin)),
    ];
  }
  return undefined;
}

function next(advice: string | undefined): string[] {
  return advice === undefined ? [] : ["", advice];
}

function adviseWait(error: WaitError): string {
  if (error.reason === "stopped")
    return (
      "What was begun goes on in Proxmox. Run terraform apply again: a change is finished, a VM that was being made " +
      "is removed and made anew."
    );
  if (error.awaited.includes("guest agent")) {
    return (
      "Check that qemu-guest-agent is installed and running in the template, that the VM boots (its console in " +
      "Proxmox shows it) and that cloud-init gave it this address. Where it only takes longer set agent_timeout, where " +
      'there is no agent wait_for = "none".'
    );
  }
  if (error.lastSeen?.startsWith(UNREACHABLE) === true) {
    return (
      "Proxmox could not be reached any more when the time was up, so what became of the task is not known. Check that it " +
      "can be reached from here and run terraform apply again: it looks at what is there before it changes anything."
    );
  }
  return (
    "The task goes on in Proxmox. Give it longer in timeouts, and run terraform apply again when it has ended: a VM " +
    "that was being made is then removed and made anew."
  );
}

import { ApiError, ConnectionError, TaskError } from "./api-error";
import { FINGERPRINT_MISMATCH } from "./tls-agent";

/**
 * What a failure means for the next step. Proxmox answers 500 for nearly everything, so that its texts have to tell:
 * most are verdicts on what was asked, some only say that now was a bad moment.
 */

/**
 * Texts of a bad moment. Sources: pve-common src/PVE/Tools.pm (lock_file), src/PVE/RESTEnvironment.pm (fork_worker);
 * pve-cluster src/PVE/Cluster.pm (cfs_lock, ipcc_send_rec, check_cfs_quorum).
 */
const BAD_MOMENTS = [
  /can't lock file '[^']*' - got timeout/,
  /got lock request timeout/,
  /-locked command timed out - aborting/,
  // The call's worker process did not come up: nothing was begun.
  /got no worker upid/,
  /cluster not ready - no quorum\?/,
  /cfs-lock '[^']*' error: no quorum!/,
  /pve cluster filesystem not online/,
  /ipcc_send_rec\S* failed: /,
  /unable to open file '[^']*' - Device or resource busy/,
  // The cluster's file system is read-only while it has no quorum.
  /unable to open file '\/etc\/pve\/[^']*' - Permission denied/,
  /command '\S*(zfs|zpool|lv\w+|vg\w+|rbd)\b.*' failed: got timeout/,
];

/** Connections that fail like this can succeed a moment later. */
const PASSING_CODES = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "EHOSTDOWN",
  "ENETUNREACH",
  "ENETDOWN",
  "EAI_AGAIN",
]);

/** Exit statuses of a task whose worker was broken off. Source: pve-common src/PVE/Tools.pm (upid_read_status). */
const BROKEN_OFF = /^unexpected status$|^unable to (read tail|get last line from task log)/;

/** What a configuration call says of its task. Source: qemu-server src/PVE/API2/Qemu.pm (update_vm). */
const FAILED_UPDATE = /^failed to update VM \d+: /;

/** Exit statuses of a task that was told to stop, by a person or with its node. */
const INTERRUPTED = /(interrupted by|received) (signal|interrupt)/;

/** Node cannot be reached through the one that was asked; the call did not get out. */
const NOT_CONNECTED_STATUS = 595;

/**
 * Whether the same may succeed later without anybody doing anything. It does not say that repeating is safe: see
 * {@link isOutcomeUnknown}.
 */
export function isTransient(error: unknown): boolean {
  if (error instanceof ConnectionError) return PASSING_CODES.has(error.code);
  if (error instanceof ApiError && isGatewayFailure(error.status)) return true;
  return BAD_MOMENTS.some((text) => text.test(said(error)));
}

/**
 * Whether a call that changes something failed in a way that leaves open whether Proxmox carried it out, or a task was
 * broken off half-way. Such a call must not be repeated before its effect has been looked for.
 */
export function isOutcomeUnknown(error: unknown): boolean {
  if (error instanceof TaskError) {
    // A clone that is stopped removes what it has made; who stopped it does not want it begun again.
    const isStopped = INTERRUPTED.test(error.exitStatus) && error.type !== "qmclone";
    return isStopped || BROKEN_OFF.test(error.exitStatus);
  }
  if (error instanceof ApiError) {
    const isLost = isGatewayFailure(error.status) && error.status !== NOT_CONNECTED_STATUS;
    const isBrokenOff =
      FAILED_UPDATE.test(error.said) && BROKEN_OFF.test(error.said.replace(FAILED_UPDATE, ""));
    return error.call.method !== "GET" && (isLost || isBrokenOff);
  }
  return error instanceof ConnectionError && error.call.method !== "GET" && error.mayHaveArrived;
}

/**
 * Whether a lock in a VM's configuration stood in the way, such as `backup`, that goes when the operation ends which
 * took it. The lock of a VM that is suspended to disk stays until somebody starts it.
 */
export function saysLocked(error: unknown): boolean {
  const lock = /VM is locked \(([\w-]+)\)/.exec(said(error))?.[1];
  return lock !== undefined && lock !== "suspended";
}

/** Whether a connection failed because the certificate is not trusted, and not for want of a server. */
export function isCertificateFailure(code: string): boolean {
  return CERTIFICATE_CODES.has(code) || code.startsWith("CERT_");
}

const CERTIFICATE_CODES = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  FINGERPRINT_MISMATCH,
]);

/** 595 to 599 are Proxmox's own for a node that could not be asked, 502 to 504 those of a proxy in front of it. */
function isGatewayFailure(status: number): boolean {
  return (status >= NOT_CONNECTED_STATUS && status <= 599) || (status >= 502 && status <= 504);
}

/** What Proxmox said about a call or as the end of a task; empty for every other failure. */
function said(error: unknown): string {
  if (error instanceof TaskError) return error.exitStatus;
  // A 4xx is a verdict whatever it says.
  return error instanceof ApiError && error.status >= 500 ? error.said : "";
}

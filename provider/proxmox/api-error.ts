/** A call as a person names it, without the host and without values that could be secret. */
export interface ApiCall {
  readonly method: "GET" | "POST" | "PUT" | "DELETE";
  /** Below `/api2/json`, such as `/nodes/pve1/qemu/401/config`. */
  readonly path: string;
}

/** Proxmox answered a call with an error. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly call: ApiCall,
    /** HTTP status; 595 to 599 are Proxmox's own for a node that could not be reached. */
    readonly status: number,
    /** What Proxmox said, in whole and trimmed. */
    readonly said: string,
    /** Faults by parameter name, where a parameter was at fault. */
    readonly parameterErrors: Readonly<Record<string, string>> = {},
  ) {
    super(`${call.method} ${call.path}: ${status} ${said}`);
  }
}

/** Proxmox could not be talked to, or what answered is not Proxmox. */
export class ConnectionError extends Error {
  override readonly name = "ConnectionError";

  constructor(
    readonly call: ApiCall,
    /** Scheme, host and port. */
    readonly origin: string,
    /** As Node and OpenSSL name it, such as `ECONNREFUSED`. */
    readonly code: string,
    message: string,
    /** Whether the connection stood, so that the call may have been received. */
    readonly mayHaveArrived: boolean,
  ) {
    super(message);
  }
}

/** A Proxmox task ended with an error. */
export class TaskError extends Error {
  override readonly name = "TaskError";

  constructor(
    readonly upid: string,
    /** Task type, such as `qmclone`. */
    readonly type: string,
    /** Why, as Proxmox put it. */
    readonly exitStatus: string,
    /** Last lines of the task's log. */
    readonly logTail: readonly string[],
  ) {
    super(`${type}: ${exitStatus}`);
  }
}

/** Something was waited for longer than it may take. */
export class WaitError extends Error {
  override readonly name = "WaitError";

  constructor(
    /** `stopped`: Terraform was asked to stop. */
    readonly reason: "timeout" | "stopped",
    /** What was waited for, as "task qmclone of VM 401 to end". */
    readonly awaited: string,
    readonly waitedSeconds: number,
    /** What was seen last. @default - nothing */
    readonly lastSeen?: string,
  ) {
    super(`${reason} after ${waitedSeconds} s waiting for ${awaited}`);
  }
}

/** Whether an answer says that a VM is not on the node that was asked. */
export function saysVmNotOnNode(error: unknown): error is ApiError {
  return (
    error instanceof ApiError &&
    error.status === 500 &&
    (/^Configuration file '[^']*' does not exist/.test(error.said) ||
      error.said.startsWith("unable to find configuration file for VM"))
  );
}

import { ApiError, TaskError } from "../../proxmox/api-error";

/** Whom and what a failure is about, as far as the failed call or task tells. */
export interface Situation {
  /** `user@realm!token` */
  readonly tokenId: string;
  /** @default - the failure is about no node of its own */
  readonly node?: string;
  /** @default - the failure is about no VM of its own */
  readonly vmid?: string;
}

/** A fixed text of Proxmox's and what a person can do about it. */
export interface Advice {
  readonly said: RegExp;
  readonly advice: (match: RegExpExecArray, situation: Situation) => string;
}

/** Reads node and VM off a call's path or a task's name. */
export function situationOf(error: unknown, tokenId: string): Situation {
  if (error instanceof ApiError) {
    const [, node, vmid] = /^\/nodes\/([^/]+)(?:\/qemu\/(\d+))?/.exec(error.call.path) ?? [];
    return { tokenId, node, vmid };
  }
  if (error instanceof TaskError) {
    const [, node, , , , , vmid] = error.upid.split(":");
    return { tokenId, node, vmid: vmid === "" ? undefined : vmid };
  }
  return { tokenId };
}

/** The VM as a sentence begins with it. */
export function theVm({ vmid }: Situation): string {
  return vmid === undefined ? "The VM" : `VM ${vmid}`;
}

/** Where a command is to be run. */
export function onNode({ node }: Situation): string {
  return node === undefined ? "on the node" : `on node ${node}`;
}

/** The VM id for a command. */
export function vmidFor({ vmid }: Situation): string {
  return vmid ?? "VMID";
}

/** Commands, each on a line of its own. */
export function commands(...lines: readonly string[]): string {
  return lines.map((line) => `\n  ${line}`).join("");
}

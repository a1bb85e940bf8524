import type { Caller } from "../access/caller";
import { roleId, TOKEN_ID, userId } from "../access/formats";
import type { Permissions } from "../access/permissions";
import type { Rights } from "../access/rights";
import { VmRights } from "../access/vm-rights";
import { parameterError } from "../schema/api-error";
import { configId, nodeName, poolId, storageId, vmId } from "../schema/formats";
import type { ParameterSchema, ParameterTable } from "../schema/types";
import type { TaskHandle } from "../world/tasks";
import type { World } from "../world/world";

/** The methods that the API has. */
export type Method = "GET" | "POST" | "PUT" | "DELETE";

/** A call whose parameters have passed the schema. */
export interface Call {
  readonly world: World;
  readonly caller: Caller;
  /** What the caller may do. */
  readonly rights: Rights;
  /** Of the path, the query and the body together. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Those of its parameters that are lists of texts. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  /** The number of the web server's process that answers. */
  readonly process: number;
  /** The parameters that were sent as JSON `null`. */
  readonly nulls: readonly string[];
}

/** A part of a longer list; answered with the length of the whole. */
export class Page {
  constructor(
    readonly rows: readonly unknown[],
    readonly total: number,
  ) {}
}

/** One call of the API: what it takes, and what it does. */
export interface Endpoint {
  readonly method: Method;
  /** As the API documents it: `/nodes/{node}/qemu/{vmid}/config`. */
  readonly path: string;
  /** All parameters but those of the path. */
  readonly parameters: ParameterTable;
  /** Who may make it, exactly as the API's schema states it. */
  readonly permissions: Permissions;
  /** Whether API tokens may make it. @default true */
  readonly allowsTokens?: boolean;
  /** Whether the daemon that runs as root carries it out, and not the web server. @default false */
  readonly protected?: boolean;
  /** `node` where the node of the path carries it out, whichever node was asked. @default - the node that was asked */
  readonly proxyto?: "node";
  /** Whether parameters that it does not know are let through. @default false */
  readonly additionalProperties?: boolean;
  /** Answers the `data`, a {@link Page}, or fails with an `ApiError`. */
  readonly handle: (call: Call) => unknown;
}

/** Where a call is carried out: on the node of its path. */
export const ON_NODE = { proxyto: "node" } as const;

/** Where a call is carried out: by the daemon that runs as root. */
export const AS_ROOT = { protected: true } as const;

/** Where a call is carried out: on the node of its path, by the daemon that runs as root. */
export const AS_ROOT_ON_NODE = { ...AS_ROOT, ...ON_NODE } as const;

/** Parameters that stand in paths. */
export const PATH_PARAMETERS: ParameterTable = {
  node: { type: "string", format: nodeName },
  vmid: { type: "integer", format: vmId, minimum: 100, maximum: 999_999_999 },
  upid: { type: "string" },
  storage: { type: "string", format: storageId },
  poolid: { type: "string", format: poolId },
  roleid: { type: "string", format: roleId },
  userid: { type: "string", format: userId, maxLength: 64 },
  tokenid: { type: "string", pattern: TOKEN_ID },
  snapname: { type: "string", format: configId, maxLength: 40 },
};

/** An optional VM id. */
export const OPTIONAL_VM_ID: ParameterSchema = {
  type: "integer",
  optional: true,
  format: vmId,
  minimum: 100,
  maximum: 999_999_999,
};

/** An optional switch. */
export const SWITCH: ParameterSchema = { type: "boolean", optional: true };

/** An optional text. */
export const TEXT: ParameterSchema = { type: "string", optional: true };

/** An optional count, from 0. */
export const COUNT: ParameterSchema = { type: "integer", optional: true, minimum: 0 };

/** The node that a call is for. */
export function nodeOf(call: Call): string {
  return call.parameters.node ?? "";
}

/** The VM that a call is for. */
export function vmidOf(call: Call): number {
  return Number(call.parameters.vmid);
}

/** Starts a task on the VM that a call is for; its UPID is the call's answer. */
export function startVmTask(call: Call, type: string, work: (task: TaskHandle) => Promise<void>): string {
  const task = { node: nodeOf(call), type, id: String(vmidOf(call)), caller: call.caller };
  return call.world.tasks.start(task, work);
}

/** What the caller may do with the VM that a call is for. */
export function vmRightsOf(call: Call): VmRights {
  return new VmRights(call.rights, vmidOf(call));
}

/** An optional number. */
export function numberOf(call: Call, name: string): number | undefined {
  const value = call.parameters[name];
  return value === undefined ? undefined : Number(value);
}

/** Whether an optional switch is on. */
export function isOn(call: Call, name: string): boolean {
  return call.parameters[name] === "1";
}

/**
 * Refuses parameters that only root may turn on: root by password, which not even a token of root's is.
 *
 * @param names in the order in which they are looked at
 * @throws ApiError 400 for the first that says anything but `0` or nothing
 * @see `$get_root_param` in PVE/API2/Qemu.pm
 */
export function refuseRootOnly({ parameters, rights }: Call, names: readonly string[]): void {
  if (rights.isRoot) return;
  const refused = names.find((name) => !["", "0"].includes(parameters[name] ?? ""));
  if (refused !== undefined) throw parameterError({ [refused]: "Only root may use this option." });
}

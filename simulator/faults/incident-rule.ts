import { z } from "zod";

/** Longest span that a rule may name, in simulated seconds: a day. */
const MAX_SECONDS = 86_400;

/** Simulated seconds. */
export const seconds = z.number().min(0).max(MAX_SECONDS);
/** The name of a node, a storage, a task type. */
export const name = z.string().min(1).max(64);
/** The id of a VM. */
export const vmid = z.number().int().min(100).max(999_999_999);

/** How long it lasts. @default - for good */
const lasting = seconds.optional();

/** What may befall the cluster itself, whoever calls. */
export const INCIDENTS = [
  /** A node that cannot be reached; with `powerLoss` its VMs and tasks end, too. */
  z.strictObject({
    kind: z.literal("node-offline"),
    node: name,
    powerLoss: z.boolean().optional(),
    seconds: lasting,
  }),
  /** A storage that somebody fills up. */
  z.strictObject({
    kind: z.literal("storage-full"),
    storage: name,
    /** Of a storage that is not shared. @default - the first node that has it */
    node: name.optional(),
    /** What is left of it. @default 0 */
    freeMiB: z.number().min(0).optional(),
    seconds: lasting,
  }),
  /** A guest agent that answers later after a start than the others, or never. */
  z.strictObject({
    kind: z.literal("agent-late"),
    vmid,
    afterSeconds: z.union([seconds, z.literal("never")]),
  }),
  /** A lock in a VM's configuration, as a backup leaves it while it runs. */
  z.strictObject({
    kind: z.literal("vm-lock"),
    vmid,
    lock: z.enum(["backup", "migrate", "rollback", "snapshot", "snapshot-delete"]).optional(),
    seconds: lasting,
  }),
  /** A lock file that somebody holds: of a VM, or of a storage. */
  z.strictObject({ kind: z.literal("vm-lock-file"), vmid, seconds }),
  z.strictObject({
    kind: z.literal("storage-lock-file"),
    storage: name,
    /** @default - the first node that has it */
    node: name.optional(),
    seconds,
  }),
  /** Somebody changes a VM's configuration: parameters as `PUT …/config` takes them, `delete` among them. */
  z.strictObject({
    kind: z.literal("change-vm"),
    vmid,
    set: z.record(z.string(), z.union([z.string(), z.number().transform(String)])),
  }),
  /** Somebody moves a VM, with its disks, to another node. */
  z.strictObject({ kind: z.literal("migrate-vm"), vmid, node: name }),
  /** Somebody pulls a VM's plug. */
  z.strictObject({ kind: z.literal("stop-vm"), vmid }),
  /** Somebody removes a VM with all its disks. */
  z.strictObject({ kind: z.literal("remove-vm"), vmid }),
] as const;

/** Something that befalls the cluster. */
export type Incident = z.infer<(typeof INCIDENTS)[number]>;

const KINDS = new Set<string>(INCIDENTS.map(({ shape }) => shape.kind.value));

/** Whether an action is one that befalls the cluster. */
export function isIncident<T extends { readonly kind: string }>(action: T): action is T & Incident {
  return KINDS.has(action.kind);
}

import type { Fields, Setting, VmResource } from "./resources";

/**
 * What a change comes to: "replace" destroys the VM and makes it anew, "refused" makes the plan fail, "restart" takes
 * effect when the VM starts next, "live" at once, "state" in Terraform's state alone; "anew" comes with the VM that
 * is made in place of this one. "stays" is none: what the new topology does not say is left as the VM has it.
 */
export type Effect = "replace" | "refused" | "restart" | "live" | "state" | "anew" | "stays";

/** One setting of a VM that differs. */
export interface Change {
  /** As a topology words it: "memoryMiB", "net0.vlanId", "scsi0.storage". */
  readonly setting: string;
  /** @default - not set */
  readonly from?: Setting;
  /** @default - not set */
  readonly to?: Setting;
  readonly effect: Effect;
  /** What to know about it. @default - nothing */
  readonly advice?: string;
}

/** Proxmox keeps these until the VM starts, or the guest's cloud-init reads them only then. */
const AT_START = /^(cores|sockets|cpu|agent|memory|name|ciuser|nameserver|searchdomain|ipconfig\d+)$/;

const DATA_DISK = /^scsi[1-9]\d*$/;

/**
 * What of a VM differs, and what the provider is going to plan for it.
 * @param prior the VM there is
 * @param planned the VM there is to be
 */
export function compareVm(prior: VmResource, planned: VmResource): Change[] {
  const changes: Change[] = [];
  const move = moveOf(prior, planned);
  for (const [attribute, to] of planned.attributes) {
    const from = prior.attributes.get(attribute);
    const fields = new Set([...Object.keys(from ?? {}), ...Object.keys(to)]);
    for (const field of fields) {
      if (from?.[field] === to[field]) continue;
      const setting = settingName(attribute, field);
      changes.push({
        setting,
        ...(from?.[field] === undefined ? {} : { from: from[field] }),
        ...(to[field] === undefined ? {} : { to: to[field] }),
        ...effectOf(attribute, field, from, to, move),
      });
    }
  }
  return [...changes, ...leftOut(prior, planned)];
}

/** "net0.ipv4" for the field `ipv4` of `ipconfig0`; the field alone where the attribute has no other. */
function settingName(attribute: string, field: string): string {
  const device = /^(net|scsi|ipconfig)(\d+)$/.exec(attribute);
  if (!device) return field;
  const [, kind = "", number = ""] = device;
  return `${kind === "ipconfig" ? "net" : kind}${number}.${field}`;
}

/** What becomes of a VM that is to be on another node: it is followed where Proxmox has it there by now. */
type Move = "none" | "followed" | "replaced";

function moveOf(prior: VmResource, planned: VmResource): Move {
  const [from, to] = [prior, planned].map(({ attributes }) => attributes.get("node")?.["node"]);
  if (from === to) return "none";
  return to === prior.currentNode ? "followed" : "replaced";
}

const IMPORTED = { effect: "state", advice: "it was imported, and is not touched" } as const;

/** The template of the node that a VM was migrated to is noted, as the one of its old node on another node. */
const TEMPLATE_EFFECTS = {
  none: {
    effect: "replace",
    advice: "a VM is made from one template for good; to keep it leave templateId as it was",
  },
  followed: { effect: "state", advice: "it comes with the node: the VM is not made anew for it" },
  replaced: { effect: "replace", advice: "once the VM is migrated to the new node it is noted alone" },
} as const;

const NODE_EFFECTS = {
  none: { effect: "state" },
  followed: { effect: "state", advice: "Proxmox has moved it there: it is followed" },
  replaced: {
    effect: "replace",
    advice: "to keep the VM migrate it in Proxmox first: it is then followed, and not replaced",
  },
} as const;

function effectOf(
  attribute: string,
  field: string,
  from: Fields | undefined,
  to: Fields,
  move: Move,
): Pick<Change, "effect" | "advice"> {
  if (attribute === "vmid")
    return {
      effect: "replace",
      advice: "Proxmox cannot give a VM another id; to keep it leave vmId as it was",
    };
  if (attribute === "clone") return from === undefined ? IMPORTED : TEMPLATE_EFFECTS[move];
  if (attribute === "node") return NODE_EFFECTS[move];
  if (attribute === "scsi0" || DATA_DISK.test(attribute)) return diskEffect(attribute, field, from, to);
  // It is how the provider waits, and nothing of the VM.
  if (attribute === "wait_for") return { effect: "state" };
  return { effect: AT_START.test(attribute) ? "restart" : "live" };
}

function diskEffect(
  device: string,
  field: string,
  from: Fields | undefined,
  to: Fields,
): Pick<Change, "effect" | "advice"> {
  if (from === undefined) {
    if (device !== "scsi0") return { effect: "live" };
    return { effect: "refused", advice: "its boot disk is not attached: attach it again in Proxmox" };
  }
  if (field === "storage") {
    const move = "to keep it move the disk in Proxmox first (Hardware, Disk Action, Move Storage)";
    return { effect: device === "scsi0" ? "replace" : "refused", advice: move };
  }
  if (Number(to["sizeGiB"]) >= Number(from["sizeGiB"])) return { effect: "live" };
  return { effect: "refused", advice: "disks grow but never shrink" };
}

/**
 * Devices and tags that the new topology does not say: nobody removes them. All else that it does not say is as the
 * template has it, which state does not tell from what once was said.
 */
function leftOut(prior: VmResource, planned: VmResource): Change[] {
  return [...prior.attributes]
    .filter(([attribute]) => /^(tags|(net|scsi|ipconfig)\d+)$/.test(attribute))
    .filter(([attribute]) => !planned.attributes.has(attribute))
    .flatMap(([attribute, fields]) =>
      Object.entries(fields).map(([field, from]) => ({
        setting: settingName(attribute, field),
        from,
        effect: "stays" as const,
      })),
    );
}

import type { DataSource } from "../plugin/provider";
import { matching } from "../plugin/checks";
import { computedList } from "../plugin/schema";
import type { ObjectValue, Value } from "../plugin/value";
import type { ApiClient } from "../proxmox/api-client";
import { ApiError } from "../proxmox/api-error";
import { listNodeVms } from "../proxmox/inventory";
import { DNS_NAME, NODE_NAME, POOL_NAME } from "../proxmox/names";
import { parseTags, TAG } from "../proxmox/tags";
import { listClusterVms, type ClusterVm } from "../proxmox/virtual-machine";
import type { Proxmox } from "../session/proxmox";
import { reading, sortedBy } from "./reading";

/** The data source `pve_vms`. */
export const VMS: DataSource<Proxmox> = {
  schema: {
    block: {
      description:
        "The VMs and templates of the Proxmox cluster that the token may see (VM.Audit on `/vms/VMID` or their pool); " +
        "containers are left out. Where several arguments are given, all of them have to fit; with none every VM is " +
        "listed, and none that fits is no error. Name and status are up to 10 seconds old: Proxmox collects them at " +
        "that interval.",
      attributes: {
        node: {
          type: "string",
          optional: true,
          validate: matching(...NODE_NAME),
          description: "Only VMs that are on this Proxmox node now.",
        },
        pool: {
          type: "string",
          optional: true,
          validate: matching(...POOL_NAME),
          description:
            "Only VMs of this pool; those of pools inside it are not its own. Needs Pool.Audit on it.",
        },
        name: {
          type: "string",
          optional: true,
          validate: matching(...DNS_NAME),
          description: "Only VMs of this name; Proxmox lets several have the same.",
        },
        tag: {
          type: "string",
          optional: true,
          validate: matching(TAG, 'one tag such as "k3s" (letters, digits, _ - + and .)'),
          description: "Only VMs with this tag, in upper or lower case.",
        },
        template: {
          type: "bool",
          optional: true,
          description: "`true` for templates only, `false` for all others.",
        },
        vms: computedList("The VMs, sorted by VM id.", {
          vmid: { type: "number", description: "VM id." },
          name: { type: "string", description: "Name; `null` while its node does not answer." },
          node: { type: "string", description: "Proxmox node that it is on." },
          status: {
            type: "string",
            description: "`running`, `stopped`, or `unknown` while its node does not answer.",
          },
          template: {
            type: "bool",
            description: "Whether it is a template; `null` while its node does not answer.",
          },
          tags: { type: { list: "string" }, description: "Tags in lower case, sorted." },
          pool: {
            type: "string",
            description: "Pool that it is in; `null` for none, and where the token lacks Pool.Audit.",
          },
        }),
      },
    },
  },
  read: reading(
    () => "list the VMs of Proxmox",
    async (client, config) => {
      const rows = (await listClusterVms(client)).filter(({ type }) => type === "qemu");
      const vms = (await withUnreported(client, rows)).map(vmValues);
      return {
        vms: sortedBy(
          vms.filter((vm) => isWanted(vm, config)),
          ({ vmid }) => vmid as number,
        ),
      };
    },
  ),
};

/**
 * Adds what the cluster does not know of a VM that is younger than the last collection (every 10 s): asked is its own
 * node. A node that does not answer leaves its VMs as they are, for their being there is known all the same.
 */
async function withUnreported(client: ApiClient, rows: readonly ClusterVm[]): Promise<ClusterVm[]> {
  const nodes = [...new Set(rows.filter(({ name }) => name === undefined).map(({ node }) => node))];
  const asked = await Promise.all(
    nodes.map(async (node) => {
      try {
        return await listNodeVms(client, node);
      } catch (error) {
        if (error instanceof ApiError) return [];
        throw error;
      }
    }),
  );
  const found = new Map(asked.flat().map((vm) => [vm.vmid, vm]));
  return rows.map((row) => (row.name === undefined ? { ...row, ...found.get(row.vmid) } : row));
}

function vmValues({ vmid, name, node, status, template, tags, pool }: ClusterVm): ObjectValue {
  return {
    vmid,
    name: name ?? null,
    node,
    status,
    template: name === undefined ? null : template === 1,
    tags: parseTags(tags ?? ""),
    pool: pool ?? null,
  };
}

function isWanted(vm: ObjectValue, { node, pool, name, tag, template }: ObjectValue): boolean {
  const fits = (wanted: Value | undefined, actual: Value | undefined): boolean =>
    wanted === null || wanted === actual;
  const hasTag = typeof tag !== "string" || (vm["tags"] as string[]).includes(tag.toLowerCase());
  return (
    hasTag &&
    fits(node ?? null, vm["node"]) &&
    fits(pool ?? null, vm["pool"]) &&
    fits(name ?? null, vm["name"]) &&
    fits(template ?? null, vm["template"])
  );
}

import type { DataSource } from "../plugin/provider";
import { matching, oneOf } from "../plugin/checks";
import { computedList } from "../plugin/schema";
import type { ObjectValue } from "../plugin/value";
import { bytesToGiB } from "../proxmox/disk";
import { listStorages, type StorageRow } from "../proxmox/inventory";
import { NODE_NAME } from "../proxmox/names";
import { optionalText, requiredText } from "../plugin/object-values";
import type { Proxmox } from "../session/proxmox";
import { reading, sortedBy } from "./reading";

/** Source: pve-storage src/PVE/Storage/Plugin.pm (pve-storage-content). */
const CONTENT_TYPES = ["images", "rootdir", "iso", "vztmpl", "backup", "snippets", "import"] as const;

/** The data source `pve_storages`. */
export const STORAGES: DataSource<Proxmox> = {
  schema: {
    block: {
      description:
        "The storages that a node can use and the token may see (Datastore.Audit or Datastore.AllocateSpace on " +
        "`/storage/ID`). Those that are switched off or for other nodes are left out.",
      attributes: {
        node: {
          type: "string",
          required: true,
          validate: matching(...NODE_NAME),
          description: "The Proxmox node; it must be online.",
        },
        content: {
          type: "string",
          optional: true,
          validate: oneOf(...CONTENT_TYPES),
          description: "Only storages that take this; VM disks are `images`.",
        },
        storages: computedList("The storages, sorted by id.", {
          id: { type: "string", description: "Id of the storage, such as `local-zfs`." },
          type: {
            type: "string",
            description: "Kind of storage, such as `dir`, `zfspool`, `lvmthin` or `rbd`.",
          },
          content: { type: { list: "string" }, description: "What it takes, sorted: as `content` above." },
          shared: { type: "bool", description: "Whether all nodes that have it see the same volumes." },
          active: { type: "bool", description: "Whether the node reaches it." },
          total_gib: {
            type: "number",
            description: "Size in GiB, rounded down; `null` while it is not active.",
          },
          available_gib: {
            type: "number",
            description:
              "Free space in GiB, rounded down; `null` while it is not active. It changes with use: an output or a " +
              "resource made from it changes too.",
          },
        }),
      },
    },
  },
  read: reading(
    (config) => `list the storages of node ${requiredText(config, "node")}`,
    async (client, config) => {
      const rows = await listStorages(client, requiredText(config, "node"), optionalText(config, "content"));
      return { storages: sortedBy(rows, ({ storage }) => storage).map(storageValues) };
    },
  ),
};

function storageValues({ storage, type, content, shared, active, total, avail }: StorageRow): ObjectValue {
  const isActive = active === 1;
  return {
    id: storage,
    type,
    content: content.split(",").sort(),
    shared: shared === 1,
    active: isActive,
    total_gib: isActive ? wholeGiB(total) : null,
    available_gib: isActive ? wholeGiB(avail) : null,
  };
}

function wholeGiB(bytes: number | undefined): number | null {
  return bytes === undefined ? null : Math.floor(bytesToGiB(bytes));
}

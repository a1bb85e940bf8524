import type { DataSource } from "../plugin/provider";
import { computedList } from "../plugin/schema";
import type { ObjectValue } from "../plugin/value";
import { listNodes, type NodeRow } from "../proxmox/inventory";
import type { Proxmox } from "../session/proxmox";
import { reading, sortedBy } from "./reading";

const MIB = 2 ** 20;

/** The data source `pve_nodes`. */
export const NODES: DataSource<Proxmox> = {
  schema: {
    block: {
      description:
        "The nodes of the Proxmox cluster. Any token may list them; their hardware is shown to one with Sys.Audit on " +
        "`/nodes/NODE`. How busy they are is left out: it would differ at every plan.",
      attributes: {
        nodes: computedList("The nodes, sorted by name.", {
          name: { type: "string", description: "Name of the node, such as `pve1`." },
          status: { type: "string", description: "`online`, `offline`, or `unknown`." },
          cpus: {
            type: "number",
            description:
              "Logical processors; `null` where the token may not see them or the node has not reported.",
          },
          memory_mib: {
            type: "number",
            description: "Memory in MiB, rounded down; `null` where `cpus` is.",
          },
          fingerprint: {
            type: "string",
            description:
              "SHA-256 fingerprint of the node's TLS certificate; `null` where Proxmox does not know it.",
          },
        }),
      },
    },
  },
  read: reading(
    () => "list the nodes of Proxmox",
    async (client) => ({ nodes: sortedBy(await listNodes(client), ({ node }) => node).map(nodeValues) }),
  ),
};

function nodeValues({ node, status, maxcpu, maxmem, ssl_fingerprint }: NodeRow): ObjectValue {
  return {
    name: node,
    status,
    cpus: maxcpu ?? null,
    memory_mib: maxmem === undefined ? null : Math.floor(maxmem / MIB),
    fingerprint: ssl_fingerprint ?? null,
  };
}

import { parse } from "yaml";
import {
  compareResources,
  declaredResources,
  renderAnsible,
  renderDiffJson,
  renderDiffYaml,
  renderJson,
  renderYaml,
} from "../../../lib/reports";
import { resolveTopology, type ClusterInput } from "../../../lib/topology";

const small = { role: "apps", members: 1, cores: 2, memoryMiB: 4096, diskGiB: 40 } as const;

/** A topology whose names and addresses are good, and something else than a text to who reads YAML 1.1. */
const topology = resolveTopology({
  proxmox: { nodes: ["off"], templateId: 9000, storage: "yes" },
  network: { ipv6: { cidr: "2001:1:2:3::/64", gateway: "2001:1:2:3::1" }, domain: "on" },
  access: { user: "no" },
  clusters: {
    no: { ...small, firstVmId: 401, ...ipv6("2001:1:2:3:4:5:6:7"), labels: { y: "yes", n: "off" } },
    on: { ...small, firstVmId: 411, ...ipv6("2001:1:2:3:4:5:6:11"), tags: ["true", "2001-01-01", "1_000"] },
    y: { ...small, firstVmId: 421, ...ipv6("2001:1:2:3:4:5:6:21") },
  },
});

function ipv6(address: string): Pick<ClusterInput, "addresses6"> {
  return { addresses6: `${address}-${address}` };
}

describe.each(["1.1", "1.2"] as const)("who reads YAML %s", (version) => {
  const read = (text: string): unknown => parse(text, { version });

  test("finds in the topology what JSON says", () => {
    expect(read(renderYaml(topology))).toEqual(JSON.parse(renderJson(topology)));
  });

  test("finds in a difference what JSON says", () => {
    const names = { prior: "no", planned: "on", isState: false };
    const prior = { vms: new Map(), gates: new Map(), others: 0 };
    const diff = compareResources(prior, declaredResources(topology));
    expect(read(renderDiffYaml(diff, names))).toEqual(JSON.parse(renderDiffJson(diff, names)));
  });

  test("finds texts in an inventory", () => {
    const { all } = read(renderAnsible(topology)) as {
      all: { children: Record<string, { hosts?: object; vars?: object; children?: object }> };
    };
    expect(Object.keys(all.children)).toEqual(["no", "on", "y", "servers", "apps"]);
    expect(all.children["no"]).toEqual({
      vars: { cluster_name: "no" },
      hosts: {
        "no-1": {
          addresses: { main: ["2001:1:2:3:4:5:6:7"] },
          ansible_host: "2001:1:2:3:4:5:6:7",
          ansible_user: "no",
          proxmox_vm_id: 401,
          proxmox_node: "off",
          node_config: { "node-label": ["y=yes", "n=off"] },
        },
      },
    });
    expect(all.children["servers"]).toEqual({ children: { no: null, on: null, y: null } });
  });
});

import { compareResources, declaredResources, renderDiff, renderDiffJson } from "../../../../lib/reports";
import type { InterfaceAddress, Topology } from "../../../../lib/topology";
import { sampleTopology } from "../sample-topology";

const names = { prior: "a.yaml", planned: "b.yaml", isState: false };

/** The sample where net0 of every VM gets its addresses so. */
function addressedBy(ipv4: InterfaceAddress, ipv6: InterfaceAddress): Topology {
  const sample = sampleTopology();
  const clusters = sample.clusters.map((cluster) => ({
    ...cluster,
    vms: cluster.vms.map((vm) => ({
      ...vm,
      interfaces: vm.interfaces.map((device, index) => (index === 0 ? { ...device, ipv4, ipv6 } : device)),
    })),
  }));
  return { ...sample, clusters };
}

describe("addresses that are not fixed", () => {
  const prior = declaredResources(addressedBy({ address: "10.0.0.9", prefixLength: 24 }, "auto"));
  const diff = compareResources(prior, declaredResources(addressedBy("dhcp", "dhcp")));

  test("are told by the names that people know", () => {
    const text = renderDiff(diff, names);
    expect(text).toContain("net0.ipv4: 10.0.0.9/24 -> DHCP, at its next start");
    expect(text).toContain("net0.ipv6: SLAAC -> DHCPv6, at its next start");
  });

  test("are as the topology words them in JSON", () => {
    const json = renderDiffJson(diff, names);
    expect(json).toContain('"to": "dhcp"');
    expect(json).toContain('"from": "auto"');
    expect(json).not.toContain("SLAAC");
  });
});

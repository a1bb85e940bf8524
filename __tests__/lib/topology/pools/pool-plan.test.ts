import { planClusters } from "../../../../lib/topology/pools/pool-plan";

test("clusters whose networks differ otherwise share the topology's reserved addresses, which are read once", () => {
  const network = { cidr: "10.1.0.0/16", domain: "lab.example", reserved: ["10.1.0.5", "10.1.0.7-10.1.0.9"] };
  const clusters = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [`c${index}`, { network: { vlanId: index + 1 } }]),
  );
  const own = { network: { reserved: ["10.1.0.99"] } };
  const plans = planClusters({ network, clusters: { ...clusters, own } });
  const read = new Set(plans.map((plan) => plan.network.reserved));
  expect([...read].map((reserved) => reserved.map(({ path }) => path))).toEqual([
    [
      ["network", "reserved", 0],
      ["network", "reserved", 1],
    ],
    [["clusters", "own", "network", "reserved", 0]],
  ]);
});

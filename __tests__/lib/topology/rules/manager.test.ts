import { makeTopology } from "./make-topology";
import type { ClusterSketch } from "./make-topology";
import { tell } from "./tell";

const told = (clusters: Record<string, ClusterSketch>): readonly string[] =>
  tell(makeTopology(clusters)).warnings;

describe("single-server-manager", () => {
  test("three servers are good, and one of an apps cluster is", () => {
    expect(
      told({ rancher: { role: "manager" }, web: { pools: [{ count: 1 }], waitsFor: ["rancher"] } }),
    ).toEqual([]);
  });

  test("one server alone is told", () => {
    expect(told({ rancher: { role: "manager", pools: [{ count: 1 }] } })).toEqual([
      "clusters.rancher.members: got 1 server: while it is down nothing is managed; " +
        "use 3, as Rancher's documentation requires for production [single-server-manager]",
    ]);
  });

  test("agents beside it do not help", () => {
    const pools = [
      { name: "servers", count: 1 },
      { name: "workers", role: "agent" as const },
    ];
    expect(told({ rancher: { role: "manager", pools } })).toEqual([
      expect.stringMatching(/^clusters\.rancher\.pools\.servers\.count: .*\[single-server-manager\]$/),
    ]);
  });
});

describe("apps-not-waiting", () => {
  const rancher: ClusterSketch = { role: "manager" };

  test("waiting for the manager is good, also through others", () => {
    expect(told({ rancher, db: { waitsFor: ["rancher"] }, web: { waitsFor: ["db"] } })).toEqual([]);
  });

  test("without a manager there is nothing to wait for", () => {
    expect(told({ db: {}, web: {} })).toEqual([]);
  });

  test("waiting for nothing is told", () => {
    expect(told({ rancher, web: {} })).toEqual([
      "clusters.web.waitsFor: does not wait for rancher (clusters.rancher), which is to manage it; " +
        "add rancher [apps-not-waiting]",
    ]);
  });

  test("where the manager waits for it, that has to go first", () => {
    const managed = { role: "manager" as const, waitsFor: ["web"] };
    const fixes = told({ db: {}, web: { waitsFor: ["db"] }, rancher: managed }).map(
      (line) => /; (.*) \[/.exec(line)?.[1],
    );
    const turned = (name: string): string =>
      `take out what makes rancher wait for ${name} first (clusters.rancher.waitsFor), then add rancher`;
    expect(fixes).toEqual([turned("db"), turned("web")]);
  });

  test("so is waiting for others that do not wait", () => {
    expect(told({ db: {}, web: { waitsFor: ["db"] }, rancher })).toEqual([
      expect.stringMatching(/^clusters\.db\.waitsFor: /),
      "clusters.web.waitsFor: got db, none of which waits for rancher (clusters.rancher), which is to manage it; " +
        "add rancher [apps-not-waiting]",
    ]);
  });
});

import { node, nodes, place, pool } from "./ground";

describe("a pool that does not fit", () => {
  test("is told once, with what its first member needs and what each node has left of it", () => {
    const hosts = [node("pve1", { cores: 4, memoryMiB: 65536 }), node("pve2", { memoryMiB: 10000 })];
    const { faults } = place([pool("web", 7, { nodes: ["pve1", "pve2"] })], { nodes: hosts });
    expect(faults).toEqual([
      "clusters.web: has room for 4 of 7 members only: web-5 needs 2 cores, 4096 MiB, 20 GiB of local-zfs, and left are 0 of 4 cores on pve1, 1808 of 10000 MiB on pve2; make its members smaller or fewer, let it use more nodes, or raise proxmox.overcommit",
    ]);
  });

  test("is told of a node's own storage, of which all disks take", () => {
    const disks = [
      { storage: "local-zfs", sizeGiB: 20 },
      { storage: "local-zfs", sizeGiB: 30 },
      { storage: "elsewhere", sizeGiB: 500 },
    ];
    const hosts = nodes(2, { storageGiB: { "local-zfs": 90 } });
    const members = { 1: { disks }, 2: { disks }, 3: { disks } };
    expect(place([pool("web", 3, { nodes: ["pve1", "pve2"], members })], { nodes: hosts }).faults).toEqual([
      "clusters.web: has room for 2 of 3 members only: web-3 needs 2 cores, 4096 MiB, 50 GiB of local-zfs, 500 GiB of elsewhere, and left are 40 of 90 GiB of local-zfs on pve1, 40 of 90 GiB of local-zfs on pve2; make its members smaller or fewer, let it use more nodes, or raise proxmox.overcommit",
    ]);
  });

  test("is told of a shared storage once, which all nodes take from", () => {
    const storages = [{ name: "ceph", shared: true, capacityGiB: 50 }];
    const member = { disks: [{ storage: "ceph", sizeGiB: 20 }] };
    const members = { 1: member, 2: member, 3: member };
    expect(place([pool("web", 3, { members })], { storages }).faults).toEqual([
      "clusters.web: has room for 2 of 3 members only: web-3 needs 2 cores, 4096 MiB, 20 GiB of ceph, and left are 10 of 50 GiB of ceph in all; make its members smaller or fewer, let it use more nodes, or raise proxmox.overcommit",
    ]);
    expect(place([pool("web", 3, { members })], { storages, storageOvercommit: 1.2 }).faults).toEqual([]);
  });

  test("does not name a hundred nodes", () => {
    const hosts = nodes(100, { cores: 1 });
    const names = hosts.map(({ name }) => name);
    const [fault] = place([pool("web", 1, { nodes: names })], { nodes: hosts }).faults;
    expect(fault).toContain("web: has no room: web-1 needs");
    expect(fault).toContain("1 of 1 cores on pve10 and 90 more; make");
  });

  test("is not told to over-commit where that gives no node enough for it", () => {
    const fixOf = (...hosts: ReturnType<typeof node>[]): string | undefined =>
      place([pool("web", 1, { nodes: hosts.map(({ name }) => name), members: { 1: { cores: 6 } } })], {
        nodes: hosts,
      }).faults[0]?.split("; ")[1];
    const few = node("pve1", { cores: 4 });
    expect(fixOf(few)).toBe("make its members smaller, or let it use nodes that have more");
    expect(fixOf(few, node("pve2", { cores: 8, memoryMiB: 0 }))).not.toContain("overcommit");
    expect(fixOf(few, node("pve2", { cores: 8, memoryMiB: 2048 }))).toContain("or raise proxmox.overcommit");
  });

  test("leaves room for another that does", () => {
    const big = { cores: 9 };
    const { on } = place([pool("big", 1, { members: { 1: big } }), pool("web", 2)], {
      nodes: nodes(3, { cores: 4 }),
    });
    expect(on).toEqual({ "web-1": "pve1", "web-2": "pve2" });
  });
});

describe("over-commit", () => {
  test("multiplies what a node has, to the last whole number", () => {
    // In binary 4.35 * 100 is a hair less than 435.
    const overcommit = { cores: 4.35, memory: 1, storage: 1 };
    const told = (lastCores: number): string[] => {
      const whole = { cores: 100 };
      const members = { 1: whole, 2: whole, 3: whole, 4: whole, 5: { cores: 32 }, 6: { cores: lastCores } };
      const pools = [pool("web", 6, { nodes: ["pve1"], members })];
      return place(pools, { nodes: nodes(1, { cores: 100, overcommit }) }).faults;
    };
    expect(told(3)).toEqual([]);
    expect(told(4)).toHaveLength(1);
  });

  const small = node("pve1", { cores: 4, overcommit: { cores: 4, memory: 1, storage: 1 } });

  test("gives no VM more cores than its node has, which Proxmox would not start", () => {
    const members = { 1: { cores: 6 }, 2: { cores: 4 } };
    const { on } = place([pool("web", 2, { nodes: ["pve1", "pve2"], members })], {
      nodes: [small, node("pve2", { cores: 8 })],
    });
    expect(on).toEqual({ "web-1": "pve2", "web-2": "pve1" });
    expect(place([pool("web", 2, { nodes: ["pve1"], members })], { nodes: [small] }).faults).toEqual([
      "clusters.web: has room for 1 of 2 members only: web-1 needs 6 cores, 4096 MiB, 20 GiB of local-zfs, and left are 4 cores for a single VM on pve1; make its members smaller, or let it use nodes that have more",
    ]);
  });

  test("nor a VM that stays where it is", () => {
    const members = { 1: { cores: 6 }, 2: { cores: 17, node: "pve2" } };
    const two = node("pve2", { cores: 16 });
    const { faults } = place([pool("web", 2, { nodes: ["pve1", "pve2"], members })], {
      nodes: [small, two],
      recorded: { "web-1": "pve1" },
    });
    expect(faults).toEqual([
      "proxmox.nodes.pve1.cores: got 4, but web-1, which is recorded there or set by an override, has 6 cores: Proxmox starts no VM with more than pve1 has; make it smaller, or set another node in its override",
      expect.stringMatching(
        /^proxmox\.nodes\.pve2\.cores: got 16, but the members that .* take 17 cores on pve2: web-2;/,
      ),
    ]);
  });
});

describe("members that stay where there is too little", () => {
  test("are told of by node, with all who are on it", () => {
    const overcommit = { cores: 1.5, memory: 1, storage: 1 };
    const hosts = [node("pve1", { cores: 4, overcommit, storageGiB: { "local-zfs": 50 } }), node("pve2")];
    const recorded = { "web-1": "pve1", "web-2": "pve1", "web-3": "pve1" };
    const disks = [{ storage: "ceph", sizeGiB: 500 }];
    const members = { 3: { disks }, 4: { node: "pve1" } };
    const { on, faults } = place([pool("web", 5, { nodes: ["pve1", "pve2"], members })], {
      nodes: hosts,
      recorded,
    });
    expect(on).toEqual({ ...recorded, "web-4": "pve1", "web-5": "pve2" });
    const fix =
      "make them smaller, raise proxmox.overcommit, or set another node for some in their overrides, which makes those anew there";
    expect(faults).toEqual([
      `proxmox.nodes.pve1.cores: got 4 (over-committed 6), but the members that are recorded there or set by overrides take 8 cores on pve1: web-1, web-2, web-3, web-4; ${fix}`,
      `proxmox.nodes.pve1.storageGiB.local-zfs: got 50, but the members that are recorded there or set by overrides take 60 GiB of local-zfs on pve1: web-1, web-2, web-4; ${fix}`,
    ]);
  });

  test("are told of by shared storage", () => {
    const storages = [{ name: "ceph", shared: true, capacityGiB: 30 }];
    const member = { disks: [{ storage: "ceph", sizeGiB: 20 }] };
    const recorded = { "web-1": "pve1", "web-2": "pve2" };
    const { faults } = place([pool("web", 2, { members: { 1: member, 2: member } })], { storages, recorded });
    expect(faults).toEqual([
      "proxmox.storages.ceph.capacityGiB: got 30, but the members that are recorded there or set by overrides take 40 GiB of ceph in all: web-1, web-2; make them smaller or raise proxmox.overcommit",
    ]);
  });
});

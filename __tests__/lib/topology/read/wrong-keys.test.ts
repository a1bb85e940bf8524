import { base, read, short } from "./read";

describe("a wrong key", () => {
  const told = (input: object): string[] => read({ ...base, clusters: { web: short }, ...input }).told;
  const web = (keys: object): object => ({
    clusters: { web: { ...short, ...keys } },
  });

  test.each([
    [
      "of another level",
      web({ vlanId: 5 }),
      "clusters.web.vlanId: no such key; did you mean network.vlanId?",
    ],
    [
      "of a pool in a short form",
      web({ count: 3 }),
      "clusters.web.count: no such key; did you mean members?",
    ],
    [
      "of sizes under proxmox",
      { proxmox: { ...base.proxmox, cores: 4 } },
      "proxmox.cores: no such key; did you mean defaults.cores, profiles.<name>.cores or clusters.<name>.cores?",
    ],
    [
      "of sizes under network",
      { network: { ...base.network, diskGiB: 4 } },
      "network.diskGiB: no such key; did you mean defaults.diskGiB, profiles.<name>.diskGiB or clusters.<name>.diskGiB?",
    ],
    ["without its unit", web({ memory: 4096 }), "clusters.web.memory: no such key; did you mean memoryMiB?"],
    [
      "that begins like one further in",
      web({ vlan: 4 }),
      "clusters.web.vlan: no such key; did you mean network.vlanId?",
    ],
    [
      "of a member",
      web({ overrides: { 1: { firstAddress: "10.1.0.1" } } }),
      "clusters.web.overrides.1.firstAddress: no such key; did you mean address?",
    ],
    [
      "that nothing is like",
      web({ zzz: 1 }),
      expect.stringMatching(
        /^clusters\.web\.zzz: no such key \(the keys here: role, waitsFor, .*\); take it out$/,
      ),
    ],
    [
      "of files in an object",
      { extends: "base.yaml" },
      "extends: works in a file alone; spread the other object into this one: { ...base, ... }",
    ],
    [
      "of the whole that nothing is like",
      { zzz: 1 },
      expect.stringMatching(/^zzz: no such key .*; take it out, or begin it with x-$/),
    ],
  ])("%s", (_, input, line) => {
    expect(told(input)).toEqual([line]);
  });
});

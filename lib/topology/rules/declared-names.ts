/** Names that may stand anywhere, so that a slip of the pen is another host or storage. */
import { adviserOn, ask, nearest } from "../did-you-mean";
import { quote } from "../fault";
import type { FaultPath } from "../fault";
import type { Topology } from "../topology";
import type { Report, Rule, Written } from "./rule";

export const unlistedNode: Rule = {
  name: "unlisted-node",
  level: "warning",
  summary: "A cluster or a pool names a Proxmox node that the list in proxmox.nodes does not.",
  reason:
    "It may be a host that is meant for these VMs alone, or a slip of the pen: then they cannot be made. Name it under proxmox.nodes, or acknowledge it. Where proxmox.nodes is a mapping such a name is refused.",
  check: (_topology, report, { proxmox, clusters = {} }) => {
    const nodes = proxmox?.nodes;
    if (!isList(nodes)) return;
    const listed = new Set(nodes);
    const advise = adviserOn(listed);
    const check = (names: readonly string[] | undefined, path: FaultPath, cluster: string): void => {
      names?.forEach((name, index) => {
        if (listed.has(name)) return;
        const meant = advise(name);
        report({
          path: [...path, "proxmox", "nodes", index],
          problem: `got ${quote(name)}, which proxmox.nodes does not list`,
          fix: meant ? `${meant} If not, list it or acknowledge this` : "list it or acknowledge this",
          clusters: [cluster],
        });
      });
    };
    for (const [name, cluster] of Object.entries(clusters)) {
      check(cluster?.proxmox?.nodes, ["clusters", name], name);
      for (const [pool, settings] of Object.entries(cluster?.pools ?? {}))
        check(settings?.proxmox?.nodes, ["clusters", name, "pools", pool], name);
    }
  },
};

export const unusedStorage: Rule = {
  name: "unused-storage",
  level: "warning",
  summary:
    "A storage that is declared is used by no disk, and its name is near to one that is used and not declared.",
  reason:
    "What is declared of a storage holds for that very name: with a slip of the pen the storage that is meant has no limit, and is not shared. Write both alike.",
  check: (topology, report, written) => {
    const [disks, templates] = usedStorages(topology, written);
    const declared = written.proxmox?.storages ?? {};
    const check = (names: Iterable<string>, isKnown: (name: string) => boolean, path: FaultPath): void => {
      for (const name of names) {
        if (disks.has(name) || templates.has(name)) continue;
        const others = [...disks].filter((other) => !isKnown(other));
        const meant = nearest(name, others);
        if (meant.length > 0) reportUnused([...path, name], meant, report);
      }
    };
    check(Object.keys(declared), (name) => Object.hasOwn(declared, name), ["proxmox", "storages"]);
    for (const { name, capacity } of topology.nodes) {
      const rooms = capacity.storageGiB;
      const isKnown = (storage: string): boolean =>
        Object.hasOwn(rooms, storage) || Object.hasOwn(declared, storage);
      check(Object.keys(rooms), isKnown, ["proxmox", "nodes", name, "storageGiB"]);
    }
  },
};

function reportUnused(path: FaultPath, meant: readonly string[], report: Report): void {
  const problem = `no disk is on this storage, and nothing is declared of ${meant.join(" and ")}, which disks are on`;
  report({ path, problem, fix: ask(meant), clusters: [] });
}

/** The storages that disks are on, and those that templates are. */
function usedStorages({ clusters }: Topology, written: Written): [Set<string>, Set<string>] {
  const disks = new Set<string>();
  for (const { vms } of clusters) {
    for (const { storage, extraDisks } of vms) {
      disks.add(storage);
      for (const disk of extraDisks) disks.add(disk.storage);
    }
  }
  const layers = Object.values(written.clusters ?? {}).flatMap((cluster) => [
    cluster,
    ...Object.values(cluster?.pools ?? {}),
  ]);
  const templates = [written, ...layers].flatMap((layer) => layer?.proxmox?.templateStorage ?? []);
  return [disks, new Set(templates)];
}

function isList(nodes: object | undefined): nodes is readonly string[] {
  return Array.isArray(nodes);
}

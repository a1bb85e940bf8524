import type { SimulatorOptions, StorageOptions, VmOptions } from "../../../simulator";
import { isStorageTypeName } from "../../../simulator/world/storage-types";
import type { WorldFiles } from "./recordings";

/** Space of every recorded storage; the recording machine's own figures are not compared. */
const SIZE_GIB = 3000;

/** The secret that every token of a replayed world has; recordings do not tell theirs. */
export const SECRET = "00000000-0000-4000-8000-000000000000";

/** The simulator's options for the world that a genuine server ran with. */
export function recordedWorld(files: WorldFiles): SimulatorOptions {
  const userConfig = files["user.cfg"] ?? "";
  const tokens = [...userConfig.matchAll(/^token:([^:]+):/gm)].map(([, name = ""]) => name);
  return {
    nodes: ["pve1"],
    bridges: ["vmbr0", "vmbr1"],
    bridgesWithoutPort: ["vmbr0", "vmbr1"],
    hardware: { cpus: 2, memoryGiB: 24 },
    templates: [],
    storages: readStorages(files["storage.cfg"] ?? ""),
    token: { user: "root@pam", tokenId: "full", secret: SECRET },
    access: { userConfig, secrets: Object.fromEntries(tokens.map((name) => [name, SECRET])) },
    vms: readVms(files),
  };
}

/** A configuration file, as `key: value` lines; what stands in its sections does not count. */
export function readConfig(text: string): Record<string, string> {
  const [head = ""] = text.split(/^\[/m);
  const entries = [...head.matchAll(/^(\w+): (.*)$/gm)].map(([, key = "", value = ""]) => [key, value]);
  return Object.fromEntries(entries) as Record<string, string>;
}

function readVms(files: WorldFiles): VmOptions[] {
  return Object.entries(files).flatMap(([path, text]) => {
    const [, node, vmid] = /^nodes\/([^/]+)\/qemu-server\/(\d+)\.conf$/.exec(path) ?? [];
    if (node === undefined) return [];
    return [{ node, vmid: Number(vmid), config: readConfig(text) }];
  });
}

function readStorages(storageConfig: string): StorageOptions[] {
  return storageConfig
    .split(/\n(?=\w+: )/)
    .filter((section) => section.trim() !== "")
    .map((section) => {
      const [, type = "", id = ""] = /^(\w+): (\S+)/.exec(section) ?? [];
      if (!isStorageTypeName(type)) throw new Error(`storage ${id}: type ${type} is not simulated`);
      const value = (key: string): string | undefined =>
        new RegExp(`^\\t${key} (.*)$`, "m").exec(section)?.[1];
      return {
        id,
        type,
        sizeGiB: SIZE_GIB,
        content: value("content")?.split(","),
        nodes: value("nodes")?.split(","),
        path: value("path") ?? value("pool"),
        disabled: /^\tdisable$/m.test(section),
      };
    });
}

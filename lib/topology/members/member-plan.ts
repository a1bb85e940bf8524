import { listExtraDisks, mergeSizes } from "../pools/sizes";
import type { SizesDraft } from "../pools/sizes";
import { memberName, overrideOf } from "../pools/pool-plan";
import type { MemberOverride, PoolPlan } from "../pools/pool-plan";
import type { PlacementMember } from "../placement/placement-pool";
import type { ExtraDisk } from "../topology";

/** A member and what it is made of, before it is placed. */
export interface MemberPlan extends PlacementMember {
  readonly hardware: Hardware;
  readonly override: MemberOverride;
}

/** What VMs are made of; those that are alike share one. */
export interface Hardware {
  readonly cores: number;
  readonly memoryMiB: number;
  readonly diskGiB: number;
  readonly cpu?: string;
  /** The storage of the boot disk. */
  readonly storage: string;
  readonly extraDisks: readonly ExtraDisk[];
  /** All disks, the boot disk first. */
  readonly disks: readonly Pick<ExtraDisk, "storage" | "sizeGiB">[];
}

/** Plans the members of a pool whose settings are all good. */
export function planMembers(pool: PoolPlan): MemberPlan[] {
  const shared = hardwareOf(pool.sizes, pool.proxmox.storage);
  return pool.numbers.map((number): MemberPlan => {
    const override = overrideOf(pool, number);
    const hardware = changesHardware(override)
      ? hardwareOf(mergeSizes(pool.sizes, override), override.storage ?? pool.proxmox.storage)
      : shared;
    const { cores, memoryMiB, disks } = hardware;
    const key = memberName(pool, number);
    return { key, number, node: override.node, cores, memoryMiB, disks, hardware, override };
  });
}

const hardwareKeys = ["cores", "memoryMiB", "diskGiB", "cpu", "extraDisks", "storage"] as const;

function changesHardware(override: MemberOverride): boolean {
  return hardwareKeys.some((key) => key in override);
}

function hardwareOf(sizes: SizesDraft, storage = ""): Hardware {
  const { cores = 0, memoryMiB = 0, diskGiB = 0, cpu } = sizes;
  const extraDisks = listExtraDisks(sizes.extraDisks, storage);
  const disks = [{ storage, sizeGiB: diskGiB }, ...extraDisks];
  return { cores, memoryMiB, diskGiB, cpu, storage, extraDisks, disks };
}

/** What VMs are made of, and what is said about them, for property tests. */
import fc from "fast-check";
import type { PoolInput } from "../../../lib/topology";

/** What a pool and the override of a member have in common. */
export type Hardware = Pick<PoolInput, "cpu" | "extraDisks" | "tags" | "labels" | "taints">;

const extraDisk = fc.record(
  { sizeGiB: fc.integer({ min: 1, max: 500 }), storage: fc.constantFrom("ceph", "local-zfs") },
  { requiredKeys: ["sizeGiB"] },
);

const device = fc.integer({ min: 1, max: 13 }).map((number) => `scsi${number}`);

const distinct = (...texts: readonly string[]): fc.Arbitrary<string[]> =>
  fc.uniqueArray(fc.constantFrom(...texts), { maxLength: 3 });

/** Any hardware; each key may be left out. */
export const anyHardware: fc.Arbitrary<Hardware> = fc.record(
  {
    cpu: fc.constantFrom("host", "x86-64-v3", "kvm64"),
    extraDisks: fc.dictionary(device, extraDisk, { maxKeys: 3 }),
    tags: distinct("web", "Large", "_k3s", "a.b-c+d"),
    labels: fc.dictionary(fc.constantFrom("tier", "example.com/zone"), fc.constantFrom("", "db")),
    taints: distinct("dedicated=db:NoSchedule", "dedicated=db:NoExecute", "spot:PreferNoSchedule"),
  },
  { requiredKeys: [] },
);

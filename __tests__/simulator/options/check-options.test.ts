import { checkOptions, InvalidOptions } from "../../../simulator/options/check-options";
import type { SimulatorOptions } from "../../../simulator/options/options";

function faultsOf(options: SimulatorOptions): readonly string[] {
  try {
    checkOptions(options);
    return [];
  } catch (error) {
    if (error instanceof InvalidOptions) return error.faults;
    throw error;
  }
}

const ZFS = { id: "fast", type: "zfspool", sizeGiB: 10 } as const;
const TEMPLATE = { vmid: 400, name: "t", storage: "fast" } as const;

test("takes the defaults and what is close to them", () => {
  expect(faultsOf({})).toEqual([]);
  expect(faultsOf({ host: "::1", port: 0, speed: 0.5, nodes: ["a", "b-1"], bridges: ["vmbr1"] })).toEqual([]);
  expect(faultsOf({ pools: ["tf", "team/apps/web"] })).toEqual([]);
  expect(faultsOf({ storages: [ZFS], templates: [TEMPLATE] })).toEqual([]);
});

test.each<[string, SimulatorOptions, RegExp]>([
  [
    "an address that others can reach",
    { host: "0.0.0.0" },
    /^host: must be a loopback address .*got "0.0.0.0"$/,
  ],
  ["a port that is none", { port: 70000 }, /^port: .*got 70000$/],
  ["time that runs backwards", { speed: -1 }, /^speed: must be a number, 0 or more/],
  ["a host without processors", { hardware: { cpus: 0 } }, /^hardware\.cpus: .*got 0$/],
  ["a VM under a template's id", { vms: [{ vmid: 400, config: {} }] }, /^vms\[0\]\.vmid: is used twice/],
  [
    "a VM with an unknown key",
    { vms: [{ vmid: 410, config: { nope: "1" } }] },
    /^vms\[0\]\.config: .*got "nope"$/,
  ],
  [
    "a VM with a value that cannot be",
    { vms: [{ vmid: 410, config: { net0: "virtio,tag=0" } }] },
    /^vms\[0\]\.config\.net0: .*minimum value of 1/,
  ],
  [
    "a VM on a storage that is not there",
    { vms: [{ vmid: 410, config: { scsi0: "nope:vm-410-disk-0,size=1G" } }] },
    /^vms\[0\]\.config\.scsi0: must lie on one of local, local-vm-zfs/,
  ],
  [
    "a VM in a pool that is not there",
    { vms: [{ vmid: 410, config: {}, pool: "tf" }] },
    /^vms\[0\]\.pool: .*got "tf"$/,
  ],
  ["no nodes", { nodes: [], templates: [] }, /^nodes: must name at least one node/],
  ["a node name with an underscore", { nodes: ["a_b"] }, /^nodes\[0\]: /],
  ["a node twice", { nodes: ["a", "a"], storages: [ZFS], templates: [] }, /^nodes\[1\]: is named twice/],
  ["a pool name with a space", { pools: ["bad pool"] }, /^pools\[0\]: .*got "bad pool"$/],
  ["a pool nested too deep", { pools: ["tf", "a/b/c/d"] }, /^pools\[1\]: .*three deep/],
  ["a pool twice", { pools: ["tf", "tf"] }, /^pools\[1\]: is named twice/],
  [
    "a secret in upper case",
    { token: { secret: "0F5D6C1E-6A3B-4A55-9B1C-1C2D3E4F5A6B" } },
    /^token\.secret: .*lower case/,
  ],
  ["a token id of one letter", { token: { tokenId: "x" } }, /^token\.tokenId: .*got "x"$/],
  ["a user without a realm", { token: { user: "terraform" } }, /^token\.user: must be USER@REALM/],
  ["a negative duration", { profile: { bootSeconds: -1 } }, /^profile\.bootSeconds: /],
  [
    "a storage of no size",
    { storages: [{ ...ZFS, sizeGiB: 0 }], templates: [] },
    /^storages\[0\]\.sizeGiB: /,
  ],
  [
    "a storage on no node",
    { storages: [{ ...ZFS, nodes: ["x"] }], templates: [] },
    /^storages\[0\]\.nodes: .*pve1/,
  ],
  [
    "a shared ZFS pool",
    { storages: [{ ...ZFS, shared: true }], templates: [] },
    /^storages\[0\]\.shared: zfspool is local/,
  ],
  [
    "a template without a storage",
    { templates: [{ ...TEMPLATE, storage: "x" }] },
    /^templates\[0\]\.storage: must be one of local, local-vm-zfs; got "x"$/,
  ],
  [
    "a template where no images may be",
    { templates: [{ ...TEMPLATE, storage: "local" }] },
    /^templates\[0\]\.storage: must be a storage that may hold images/,
  ],
  [
    "a template that does not fit",
    { storages: [ZFS], templates: [{ ...TEMPLATE, diskGiB: 11 }] },
    /^templates\[0\]\.diskGiB: .*got 11$/,
  ],
  [
    "a template id that is none",
    { storages: [ZFS], templates: [{ ...TEMPLATE, vmid: 99 }] },
    /^templates\[0\]\.vmid: /,
  ],
  [
    "an unknown key of a template",
    { storages: [ZFS], templates: [{ ...TEMPLATE, config: { nope: "1" } }] },
    /^templates\[0\]\.config: .*got "nope"$/,
  ],
])("refuses %s", (_case, options, text) => {
  expect(faultsOf(options)).toEqual([expect.stringMatching(text)]);
});

test("never shows a secret", () => {
  expect(faultsOf({ token: { secret: "hunter2" } }).join()).not.toContain("hunter2");
});

test("names all faults at once", () => {
  expect(
    faultsOf({ host: "10.0.0.1", speed: -1, nodes: ["a_b"], storages: [ZFS], templates: [] }),
  ).toHaveLength(3);
});

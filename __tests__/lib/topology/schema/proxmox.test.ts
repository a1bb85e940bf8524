import { base, read, short } from "../read/read";

test.each([
  [
    { nodes: {} },
    /^proxmox\.nodes: got an empty mapping; must be a mapping from names of nodes to what each has to give, at least one$/,
  ],
  [
    { nodes: "pve1" },
    /^proxmox\.nodes: got "pve1"; must be a list of the names of Proxmox hosts, at least one, or a mapping/,
  ],
  [
    { nodes: { pve1: { cores: -1 } } },
    "proxmox.nodes.pve1.cores: got -1; must be a whole number from 0 to 65536 CPU threads",
  ],
  [
    { nodes: { pve_1: null } },
    /^proxmox\.nodes\.pve_1: got a name that is no name of a Proxmox host; .*, such as pve-1$/,
  ],
  [
    { nodes: { 10: null } },
    /^proxmox\.nodes\.10: got a name that is no name of a Proxmox host; .*, digits alone in a list only/,
  ],
  [{ nodes: { "10a": null }, templateId: { "10a": 400 } }, "ok"],
  [{ nodes: ["101", "7"], templateId: { 101: 400, 7: 499 } }, "ok"],
  [{ nodes: [101] }, /^proxmox\.nodes\[0\]: got 101; .*, in quotes if it is digits alone/],
  [
    { templateId: { pve1: 1 } },
    "proxmox.templateId.pve1: got 1; must be a whole number from 100 to 999999999 (a Proxmox VM id)",
  ],
  [
    { templateId: "9000" },
    'proxmox.templateId: got "9000"; must be a VM id, or a mapping from names of nodes to the VM id of the template on each: write 9000 without quotes',
  ],
  [{ overcommit: { memory: 0.5 } }, /^proxmox\.overcommit\.memory: got 0\.5; must be a number from 1 to 100/],
  [
    { storages: { ceph: { shared: "yes" } } },
    'proxmox.storages.ceph.shared: got "yes"; must be true or false',
  ],
  [{ vmIds: "400" }, "ok"],
  [
    { vmIds: [400] },
    "proxmox.vmIds: got a list; must be a range of VM ids from 100 to 999999999, such as 401-410",
  ],
])("%j", (keys, line) => {
  const { told } = read({
    ...base,
    proxmox: { ...base.proxmox, ...keys },
    clusters: { web: short },
  });
  expect(told).toEqual(line === "ok" ? [] : [typeof line === "string" ? line : expect.stringMatching(line)]);
});

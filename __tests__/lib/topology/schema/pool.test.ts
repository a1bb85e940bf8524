import { toldOfPool } from "../read/read";

describe("values of a pool", () => {
  test.each([
    [{ vmIds: "410-401" }, 'vmIds: got "410-401"; must run upwards: did you mean 401-410?'],
    [
      { vmIds: "99-101" },
      'vmIds: got "99-101"; must be a range of VM ids from 100 to 999999999, such as 401-410',
    ],
    [
      { vmIds: 401 },
      "vmIds: got 401; must be a range of VM ids, such as 401-410, or a list of ids and ranges: write [401]",
    ],
    [
      { vmIds: [401, "x"] },
      'vmIds[1]: got "x"; must be a VM id from 100 to 999999999 or a range such as 401-410',
    ],
    [
      { vmIds: ["401-410", 500, 405] },
      "vmIds[2]: got 405; must be listed once, and entry 0 holds some of these too: leave them out of one of the two",
    ],
    [
      { vmIds: [] },
      "vmIds: got an empty list; must be a range of VM ids, such as 401-410, or a list of ids and ranges",
    ],
    [
      { addresses: "auto" },
      'addresses: got "auto"; must be "dhcp", a range such as 192.168.1.100-192.168.1.109, or a list of addresses and ranges',
    ],
    [
      { addresses: ["10.1.0.1", "dhcp"] },
      'addresses[1]: got "dhcp"; must be alone: "dhcp" in place of the list',
    ],
    [
      { addresses: "10.1.0.9-10.1.0.1" },
      'addresses: got "10.1.0.9-10.1.0.1"; must run upwards: did you mean 10.1.0.1-10.1.0.9?',
    ],
    [
      { addresses: "10.1.0.0-10.2.0.0" },
      'addresses: got "10.1.0.0-10.2.0.0"; must hold at most 65536 addresses, and holds 65537',
    ],
    [
      { addresses: "2001:db8::1" },
      /^addresses: got "2001:db8::1"; must be an IPv4 address or a range such as/,
    ],
    [
      { addresses6: "10.1.0.1-2001:db8::1" },
      /^addresses6: got .*; must be an IPv6 address or a range such as/,
    ],
    [
      { addresses6: ["2001:db8::5", "2001:DB8:0::4-2001:db8::6"] },
      /^addresses6\[1\]: got .*; must be listed once, and entry 0 holds/,
    ],
    [{ cpu: "host,flags=+aes" }, /^cpu: got .*; must be Proxmox's name for a CPU type alone/],
    [
      { tags: ["web", "WEB"] },
      'tags[1]: got "WEB"; must be listed once, and entry 0 is the same in lower case, as Proxmox keeps it: take one of the two out',
    ],
    [{ tags: ["a b"] }, /^tags\[0\]: got "a b"; must be a tag of Proxmox/],
    [
      { labels: { tier: true } },
      /^labels\.tier: got true; must be the value of a Kubernetes label, as text \(in quotes/,
    ],
    [
      { labels: { "-tier": "a" } },
      /^labels\.-tier: got a name that is no key of a Kubernetes label; must be the key .*, such as tier$/,
    ],
    [{ labels: { "Example.com/x": "a" } }, /^labels\."Example\.com\/x": got a name that is no key/],
    [{ taints: ["db=yes"] }, /^taints\[0\]: got "db=yes"; must be a taint as kubectl writes it/],
    [
      { taints: ["db=a:NoExecute", "db=b:NoExecute"] },
      /^taints\[1\]: got "db=b:NoExecute"; must be listed once/,
    ],
    [
      { extraDisks: { scsi0: { sizeGiB: 1 } } },
      "extraDisks.scsi0: got a name that is no device; use scsi1 to scsi13; scsi0 is the boot disk (diskGiB)",
    ],
    [{ extraDisks: { scsi14: { sizeGiB: 1 } } }, /^extraDisks\.scsi14: got a name/],
    [
      { extraDisks: { scsi1: {} } },
      "extraDisks.scsi1.sizeGiB: is missing; must be a whole number from 1 to 65536 GiB",
    ],
    [{ placement: "random" }, 'placement: got "random"; must be "spread", "rotate", "pack" or "pin"'],
    [
      { networks: { main: { addresses: "dhcp" } } },
      /^networks\.main: got a name that is no name for a network; .* not "main"/,
    ],
    [
      { overrides: { first: {} } },
      "overrides.first: got a name that is no number of a member; use the number of a member",
    ],
  ])("%j", (keys, line) => {
    expect(toldOfPool(keys)).toEqual([typeof line === "string" ? line : expect.stringMatching(line)]);
  });
});

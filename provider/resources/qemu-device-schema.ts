import type { Attribute } from "../plugin/schema";
import { parseDiskRequest } from "../proxmox/disk";
import { sameIpConfig } from "../proxmox/ip-config";
import { parseNetworkDevice, sameNetworkDevice } from "../proxmox/network-device";
import { inherited, sameText } from "./inherited";
import * as check from "./qemu-checks";
import { DATA_DISKS, IP_CONFIGS, NETWORK_CARDS } from "./qemu-devices";
import { showValue } from "../plugin/object-values";

type Attributes = Readonly<Record<string, Attribute>>;

/** `net0` to `net7`. */
export const NETWORK_ATTRIBUTES: Attributes = Object.fromEntries(
  NETWORK_CARDS.map((name, number): [string, Attribute] => [
    name,
    inherited({
      type: "string",
      validate: number === 0 ? check.checkNetworkDevice : check.checkFurtherNetworkDevice,
      equivalent: unlessEmpty((prior, configured) =>
        sameNetworkDevice(parseNetworkDevice(prior), parseNetworkDevice(configured)),
      ),
      description:
        number === 0
          ? "First network card, as Proxmox writes it: `virtio,bridge=vmbr0,tag=14`; without VLAN leave `tag` out. " +
            "`mtu` is 1 for the bridge's, or 576 to 65520. Where no MAC address is given the VM keeps the one it has."
          : `Network card ${number + 1}, as \`net0\`. Empty removes it.`,
    }),
  ]),
);

/** `ipconfig0` to `ipconfig7`. */
export const ADDRESS_ATTRIBUTES: Attributes = Object.fromEntries(
  IP_CONFIGS.map((name, number): [string, Attribute] => [
    name,
    inherited({
      type: "string",
      validate: check.checkIpConfig,
      equivalent: (prior, configured) => sameIpConfig(showValue(prior), showValue(configured)),
      description:
        number === 0
          ? "Addresses of the first card: `ip=192.168.1.100/24,gw=192.168.1.1`, `ip=dhcp`, and `ip6=`, `gw6=` likewise."
          : `Addresses of \`net${number}\`, as \`ipconfig0\`; a gateway belongs to one card alone.`,
    }),
  ]),
);

const BOOT_DISK: Attribute = inherited({
  type: "string",
  validate: check.checkDiskRequest,
  equivalent: sameText(parseDiskRequest),
  description:
    "Boot disk as `storage:GiB`, such as `local-vm-zfs:20`: the template's disk, copied to that storage and " +
    "grown to that size. More GiB grow it in place, fewer are refused, another storage replaces the VM.",
});

/** `scsi0` to `scsi13`. */
export const DISK_ATTRIBUTES: Attributes = {
  scsi0: BOOT_DISK,
  ...Object.fromEntries(
    DATA_DISKS.map((name, index): [string, Attribute] => [
      name,
      inherited({
        type: "string",
        validate: check.checkDataDiskRequest,
        equivalent: unlessEmpty(sameText(parseDiskRequest)),
        description:
          index === 0
            ? "Data disk as `storage:GiB`: a new, empty one, or the template's, where it has one there. More GiB grow " +
              "it in place, fewer and another storage are refused. Left out it stays; empty deletes it with its data."
            : "Data disk, as `scsi1`.",
      }),
    ]),
  ),
};

/** An empty text is for none, and means the same as no other. */
function unlessEmpty(
  isSame: (prior: string, configured: string) => boolean,
): NonNullable<Attribute["equivalent"]> {
  return (prior, configured) =>
    prior !== "" && configured !== "" && isSame(showValue(prior), showValue(configured));
}

import fc from "fast-check";
import { cpuFaults } from "../../../provider/proxmox/cpu";
import {
  diskRequestFaults,
  parseDisk,
  parseDiskRequest,
  parseSizeBytes,
  printDiskRequest,
  printSize,
} from "../../../provider/proxmox/disk";
import { parseEndpoint } from "../../../provider/proxmox/endpoint";
import { parseFingerprint } from "../../../provider/proxmox/fingerprint";
import { ipConfigFaults, parseIpConfig } from "../../../provider/proxmox/ip-config";
import {
  networkDeviceFaults,
  parseNetworkDevice,
  printNetworkDevice,
} from "../../../provider/proxmox/network-device";
import { parsePropertyString } from "../../../provider/proxmox/property-string";
import { decodeSshKeys, encodeSshKeys, splitSshKeys, sshKeyFaults } from "../../../provider/proxmox/ssh-keys";
import { normalizeTags, parseTags } from "../../../provider/proxmox/tags";

/** Texts that look like what the parsers are for, broken in places. */
const NEAR = fc
  .array(
    fc.constantFrom(
      ..."virtio model macaddr BC:24:11:00:00:01 bridge vmbr0 tag 14 4095 -1 ip ip6 gw gw6 dhcp auto".split(
        " ",
      ),
      ..."10.0.0.1/24 fd00::1/64 / : , = ; % host flags +aes local-zfs 20 20G 0 size none media cdrom".split(
        " ",
      ),
      ..."https:// pve1 8006 @ # ? ssh-ed25519 ssh-rsa AAAA AAAAC3NzaC1lZDI1NTE5AAAA \n".split(" "),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(""));
const ANY = fc.oneof(fc.string({ unit: "binary" }), NEAR);

test.each<[string, (text: string) => unknown]>([
  ["parsePropertyString", parsePropertyString],
  ["parseNetworkDevice", parseNetworkDevice],
  ["parseIpConfig", parseIpConfig],
  ["parseDiskRequest", parseDiskRequest],
  ["parseDisk", parseDisk],
  ["parseSizeBytes", parseSizeBytes],
  ["parseEndpoint", parseEndpoint],
  ["parseFingerprint", parseFingerprint],
])("%s takes a text or says what is wrong with it, and nothing else comes of any", (_, parse) => {
  fc.assert(
    fc.property(ANY, (text) => {
      try {
        parse(text);
      } catch (error) {
        // A TypeError or RangeError would be a fault of the parser.
        expect((error as Error).constructor).toBe(Error);
        expect((error as Error).message).not.toBe("");
      }
    }),
    { numRuns: 500 },
  );
});

test.each<[string, (text: string) => readonly string[]]>([
  ["networkDeviceFaults", networkDeviceFaults],
  ["ipConfigFaults", ipConfigFaults],
  ["diskRequestFaults", diskRequestFaults],
  ["cpuFaults", cpuFaults],
  ["sshKeyFaults", sshKeyFaults],
])("%s finds faults and never throws", (_, faultsOf) => {
  fc.assert(
    fc.property(ANY, (text) => {
      for (const fault of faultsOf(text)) expect(fault).not.toBe("");
    }),
    { numRuns: 500 },
  );
});

const MAC = fc
  .uint8Array({ minLength: 5, maxLength: 5 })
  .map((bytes) =>
    ["BC", ...[...bytes].map((byte) => byte.toString(16).padStart(2, "0").toUpperCase())].join(":"),
  );

test("a network card that is printed is parsed to the same", () => {
  const options = fc.record(
    {
      bridge: fc.constantFrom("vmbr0", "vnet_1"),
      tag: fc.integer({ min: 1, max: 4094 }).map(String),
      mtu: fc.integer({ min: 1, max: 65520 }).map(String),
      queues: fc.integer({ min: 0, max: 64 }).map(String),
      rate: fc.constantFrom("10", "0.5"),
      trunks: fc.constantFrom("5", "5;10-20"),
      firewall: fc.constantFrom("0", "1"),
    },
    { requiredKeys: [] },
  );
  const device = fc.record({
    model: fc.constantFrom("virtio", "e1000"),
    macAddress: fc.option(MAC, { nil: undefined }),
    options: options.map((values) => new Map(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)))),
  });
  fc.assert(
    fc.property(device, (value) => {
      expect(parseNetworkDevice(printNetworkDevice(value))).toEqual(value);
    }),
  );
});

test("a disk request that is printed is parsed to the same, and its size keeps what was asked for", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 20 }), fc.constantFrom(1, 1024), (count, unit) => {
      const request = { storage: "local-zfs", sizeGiB: count / unit };
      expect(parseDiskRequest(printDiskRequest(request))).toEqual(request);
      expect(diskRequestFaults(printDiskRequest(request))).toEqual([]);
      expect(parseSizeBytes(printSize(request.sizeGiB))).toBe(request.sizeGiB * 2 ** 30);
    }),
  );
});

test("keys that are encoded are decoded to the same", () => {
  const comment = fc.string({ unit: "grapheme" }).filter((text) => !/[\r\n]/.test(text));
  fc.assert(
    fc.property(fc.array(comment, { maxLength: 4 }), (comments) => {
      const keys = comments.map((text) => `ssh-ed25519 AAAA ${text}`.trim());
      expect(splitSshKeys(decodeSshKeys(encodeSshKeys(keys.join("\n"))))).toEqual(keys);
    }),
  );
});

test("tags that are normalised stay as they are, and come back from the form Proxmox stores", () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-zA-Z0-9_][a-zA-Z0-9_+.-]{0,8}$/)), (tags) => {
      const normal = normalizeTags(tags);
      expect(normalizeTags(normal)).toEqual(normal);
      expect(parseTags(normal.join(";"))).toEqual(normal);
    }),
  );
});

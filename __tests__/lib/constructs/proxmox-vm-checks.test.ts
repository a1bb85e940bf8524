import { InvalidPropsError, ProxmoxVmConstruct, type ProxmoxVmProps } from "../../../lib";
import { emptyObject } from "../../../provider/plugin/schema";
import { validateBlock } from "../../../provider/plugin/validation";
import type { ObjectValue } from "../../../provider/plugin/value";
import { QEMU } from "../../../provider/resources/qemu";
import { synthesize } from "./synthesized";

const least: ProxmoxVmProps = { vmId: 401, node: "pve1", templateId: 400 };
const { block } = QEMU.schema;

/** Whether a VM with these props can be synthesized, and whether the provider's validation takes it then. */
function takenBy(props: Partial<ProxmoxVmProps>): { synth: boolean; provider?: boolean } {
  try {
    const { resource } = synthesize(
      (stack) => new ProxmoxVmConstruct(stack, "web-1", { ...least, ...props }),
    );
    const config = { ...emptyObject(block), ...(resource?.pve_qemu?.["web-1"] as ObjectValue) };
    const faults = [...validateBlock(block, config), ...(QEMU.validate?.(config) ?? [])];
    return { synth: true, provider: faults.length === 0 };
  } catch (error) {
    if (error instanceof InvalidPropsError) return { synth: false };
    throw error;
  }
}

/** Props that hold one value each. */
function each<Prop extends keyof ProxmoxVmProps>(
  prop: Prop,
  values: readonly ProxmoxVmProps[Prop][],
): Partial<ProxmoxVmProps>[] {
  return values.map((value) => ({ [prop]: value }));
}

/** Each with a name that is no longer than a line. */
function named(all: readonly Partial<ProxmoxVmProps>[]): [string, Partial<ProxmoxVmProps>][] {
  return all.map((props) => [JSON.stringify(props).slice(0, 80), props]);
}

const onBridge = { bridge: "vmbr0" };

test.each(
  named([
    ...each("vmId", [100, 999_999_999]),
    ...each("name", ["a", "web.lab.example", "x".repeat(63)]),
    ...each("node", ["pve1", "PVE-2", "n".repeat(63)]),
    ...each("cores", [1, 1024]),
    ...each("sockets", [1, 4]),
    ...each("cpu", ["host", "x86-64-v2-AES", "host,flags=+aes;-pcid,hidden=1", "cputype=host,flags=+aes"]),
    ...each("memoryMiB", [16, 4_194_304]),
    ...each("dnsServers", [[], ["10.1.0.2"], ["10.1.0.2", "2001:db8::53", "fe80::1"]]),
    ...each("searchDomain", ["", ".", "lab.example", "lab.example. _msdcs.corp"]),
    ...each("user", ["ubuntu", "_svc", "jane.doe@corp", "u".repeat(32)]),
    ...each("tags", [[], ["A_b-c+d.e", "1"]]),
    ...each("description", ["", "two\nlines", "x".repeat(8000)]),
    ...each("pool", ["rancher", "a/b/c"]),
    ...each("bridge", ["vmbr0", "_my.bridge-1"]),
    ...each("createTimeoutSeconds", [1, 86_400]),
    { storage: "local-zfs", diskGiB: 1 },
    { storage: "a1", diskGiB: 65_536 },
    {
      extraDisks: {
        scsi1: { storage: "ceph_a.b", sizeGiB: 1 },
        scsi13: { storage: "ceph", sizeGiB: 65_536 },
      },
    },
    { ...onBridge, vlanId: 1, mtu: 576 },
    { ...onBridge, vlanId: 4094, mtu: 65_520 },
    { ipv4Cidr: "10.1.0.20/8", gateway: "10.1.0.1" },
    { ipv4Cidr: "10.1.0.0/31", gateway: "10.1.0.1" },
    { ipv4Cidr: "10.1.0.20/32" },
    { ipv6Cidr: "2001:db8::20/8", gateway6: "fe80::1" },
    { ipv6Cidr: "2001:db8::/127", gateway6: "2001:db8::1" },
    { ipv6Cidr: "2001:db8::20/64", gateway6: "2001:db8::" },
    { ipv6Cidr: "2001:db8::20/128" },
  ]),
)("synth and provider take %s", (_name, props) => {
  expect(takenBy(props)).toEqual({ synth: true, provider: true });
});

test.each(
  named([
    ...each("name", ["", "web_1", "-web", "x".repeat(64)]),
    ...each("node", ["", "pve_1", "10.1.0.2", "n".repeat(64)]),
    ...each("cpu", ["", "host,aes", "host aes", "cputype=", "type=host"]),
    ...each("dnsServers", [
      ["1.2"],
      ["010.1.0.2"],
      ["127.0.0.53"],
      ["::1"],
      ["fe80::1%eth0"],
      ["10.1.0.2 10.1.0.3"],
    ]),
    ...each("dnsServers", [["1:2"], ["0.0.0.0"], ["255.255.255.255"], ["224.0.0.251"], ["ff02::fb"]]),
    ...each("searchDomain", [" ", "lab..example", "-lab.example", "lab,example", "x".repeat(64)]),
    ...each("user", ["a b", "1st", "-u", ".u", "a/b", "ä", "u".repeat(33)]),
    ...each("tags", [[""], ["-a"], ["a;b"], ["ä"]]),
    ...each("description", [" \n", "x".repeat(8001)]),
    ...each("pool", ["", "a b", "a/b/c/d", "a//b"]),
    ...each("bridge", ["", "vmbr 0", "vmbr0,tag=3", "vmbr0/1", "brücke"]),
    ...each("createTimeoutSeconds", [0, 0.5]),
    ...["", "a", "1ceph", "local_", "local zfs", "local/zfs"].flatMap((storage) => [
      { storage, diskGiB: 20 },
      { extraDisks: { scsi1: { storage, sizeGiB: 20 } } },
    ]),
    { ...onBridge, vlanId: 0 },
    { ...onBridge, mtu: 575 },
    ...each("ipv4Cidr", ["10.1.0.20/7", "10.1.0.20/024", "10.1.0.20/33", "10.1.0.0/24", "10.1.0.255/24"]),
    { ipv4Cidr: "10.1.0.20/24", gateway: "10.1.0.0" },
    { ipv4Cidr: "10.1.0.20/24", gateway: "10.1.0.255" },
    ...each("ipv6Cidr", ["2001:db8::20/7", "2001:db8::20/064", "2001:db8::/64", "2001:db8::20/129"]),
  ]),
)("what the provider would refuse is refused by synth already: %s", (_name, props) => {
  expect(takenBy(props)).toEqual({ synth: false });
});

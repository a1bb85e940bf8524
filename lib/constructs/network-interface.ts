/** A network interface of a VM: its card and what cloud-init sets up on it. */
export interface NetworkInterfaceProps {
  /**
   * The network bridge that the card is connected to.
   * @default - as the template has it
   */
  readonly bridge?: string;

  /**
   * The VLAN that it is tagged with, 1-4094. Needs `bridge`.
   * @default - no VLAN
   */
  readonly vlanId?: number;

  /**
   * MTU in bytes, 576-65520. Needs `bridge`.
   * @default - the bridge's
   */
  readonly mtu?: number;

  /**
   * IPv4 address with its prefix length ("192.168.1.100/24"), or "dhcp".
   * @default - for net0 as the template has it; else no IPv4
   */
  readonly ipv4Cidr?: string;

  /**
   * IPv4 address of the router. Needs an address in `ipv4Cidr`.
   * @default - no router: only the network itself can be reached
   */
  readonly gateway?: string;

  /**
   * IPv6 address with its prefix length ("2001:db8::100/64"), "auto" (SLAAC) or "dhcp".
   * @default - for net0 as the template has it; else no IPv6
   */
  readonly ipv6Cidr?: string;

  /**
   * IPv6 address of the router, which may be a link-local one. Needs an address in `ipv6Cidr`.
   * @default - no router but those that announce themselves
   */
  readonly gateway6?: string;
}

/** A network interface besides net0. */
export interface FurtherInterfaceProps extends NetworkInterfaceProps {
  readonly bridge: string;
}

/** The attributes `net0`, `ipconfig0`, `net1`… of a `pve_qemu`, for its interfaces in their order. */
export function renderNetworkInterfaces(
  interfaces: readonly NetworkInterfaceProps[],
): Record<string, string | undefined> {
  const rendered: Record<string, string | undefined> = {};
  interfaces.forEach((each, index) => {
    rendered[`net${index}`] = renderNetworkDevice(each);
    rendered[`ipconfig${index}`] = renderIpConfig(each);
  });
  return rendered;
}

function renderNetworkDevice({ bridge, vlanId, mtu }: NetworkInterfaceProps): string | undefined {
  if (bridge === undefined) return undefined;
  return propertyString("virtio", { bridge, tag: vlanId, mtu });
}

function renderIpConfig({
  ipv4Cidr,
  gateway,
  ipv6Cidr,
  gateway6,
}: NetworkInterfaceProps): string | undefined {
  if (ipv4Cidr === undefined && ipv6Cidr === undefined) return undefined;
  return propertyString(undefined, { ip: ipv4Cidr, gw: gateway, ip6: ipv6Cidr, gw6: gateway6 });
}

/** As Proxmox writes settings that make up one value: "virtio,bridge=vmbr0,tag=14". */
function propertyString(
  first: string | undefined,
  rest: Record<string, string | number | undefined>,
): string {
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  const parts = given.map(([key, value]) => `${key}=${value}`);
  return (first === undefined ? parts : [first, ...parts]).join(",");
}

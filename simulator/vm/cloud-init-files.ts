import { isWindows } from "./pinned-machine";
import { createHash } from "node:crypto";
import { failure } from "../schema/api-error";
import { IP_CONFIGURATION } from "../schema/device-schemas";
import { parseProperties } from "../schema/property-string";
import { parseNetworkDevice } from "./network-devices";

type Config = Readonly<Record<string, string>>;

/** The resolvers of every simulated host, for VMs that name none: TEST-NET-1, which no real network has. */
const HOST_NAMESERVERS = ["192.0.2.53"];

/** The files that Proxmox VE makes for cloud-init. */
export type CloudInitFile = "user" | "network" | "meta";

/** How one interface gets its addresses; both by DHCP where nothing is said. */
interface Addressing {
  readonly ip?: string;
  readonly gw?: string;
  readonly ip6?: string;
  readonly gw6?: string;
}

/**
 * A file as the generator writes it (qemu-server 9, `Cloudinit.pm`). Files of the user's own (`cicustom`) play no part.
 *
 * @throws ApiError 500 for an address that is neither one nor `dhcp`
 */
export function cloudInitFile(config: Config, vmid: number, file: CloudInitFile): string {
  if (file === "user") return userData(config, vmid);
  const isNoCloud = format(config) === "nocloud";
  const network = isNoCloud ? networkVersion1(config) : debianInterfaces(config);
  if (file === "network") return network;
  const id = createHash("sha1").update(userData(config, vmid)).update(network).digest("hex");
  if (isNoCloud) return `instance-id: ${id}\n`;
  return lines(
    "{",
    `     "uuid": "${id}",`,
    '     "network_config": { "content_path": "/content/0000" }',
    "}",
  );
}

function format(config: Config): string {
  return config.citype ?? (isWindows(config.ostype) ? "configdrive2" : "nocloud");
}

function userData(config: Config, vmid: number): string {
  const { ciuser, cipassword, sshkeys, ciupgrade } = config;
  const { hostname, fqdn } = names(config, vmid);
  const keys = sshkeys === undefined ? undefined : publicKeys(sshkeys);
  return lines(
    "#cloud-config",
    `hostname: ${hostname}`,
    "manage_etc_hosts: true",
    `fqdn: ${fqdn}`,
    ciuser !== undefined && `user: ${ciuser}`,
    ciuser === "root" && "disable_root: False",
    cipassword !== undefined && `password: ${cipassword}`,
    keys !== undefined && "ssh_authorized_keys:",
    ...(keys ?? []).map((key) => `  - ${key}`),
    "chpasswd:",
    "  expire: False",
    ciuser !== "root" && "users:",
    ciuser !== "root" && "  - default",
    ciupgrade !== "0" && "package_upgrade: true",
  );
}

function names(config: Config, vmid: number): { hostname: string; fqdn: string } {
  const name = config.name ?? `VM${vmid}`;
  const hostname = name.replace(/\..*$/, "");
  const { searchdomain = "" } = config;
  if (name.includes(".") || searchdomain === "") return { hostname, fqdn: name };
  return { hostname, fqdn: `${name}.${searchdomain}` };
}

function publicKeys(encoded: string): string[] {
  const text = encoded.replace(/%([0-9a-f]{2})/gi, (_, code: string) =>
    String.fromCharCode(parseInt(code, 16)),
  );
  return text.split("\n").filter((key) => key.trim() !== "");
}

function networkVersion1(config: Config): string {
  const { searchDomains, nameservers } = resolvers(config);
  return lines(
    "version: 1",
    "config:",
    ...configuredInterfaces(config).flatMap(({ name, mac, addressing }) => [
      "    - type: physical",
      `      name: ${name}`,
      `      mac_address: '${mac}'`,
      "      subnets:",
      ...subnets(addressing).map((line) => `      ${line}`),
    ]),
    "    - type: nameserver",
    nameservers.length > 0 && "      address:",
    ...nameservers.map((address) => `      - '${address}'`),
    searchDomains.length > 0 && "      search:",
    ...searchDomains.map((domain) => `      - '${domain}'`),
  );
}

function subnets({ ip, gw, ip6, gw6 }: Addressing): string[] {
  const rows: (string | false)[] = [];
  if (ip === "dhcp") rows.push("- type: dhcp4");
  else if (ip !== undefined) {
    const { address, mask } = splitNetwork(ip);
    rows.push("- type: static", `  address: '${address}'`, `  netmask: '${mask}'`);
    rows.push(gw !== undefined && `  gateway: '${gw}'`);
  }
  if (ip6 === "dhcp") rows.push("- type: dhcp6");
  else if (ip6 === "auto") rows.push("- type: ipv6_slaac");
  else if (ip6 !== undefined) {
    rows.push("- type: static6", `  address: '${ip6}'`, gw6 !== undefined && `  gateway: '${gw6}'`);
  }
  return rows.filter((row) => row !== false);
}

/** The file for guests that take their configuration as Debian writes it, with its misplaced resolvers. */
function debianInterfaces(config: Config): string {
  const { searchDomains, nameservers } = resolvers(config);
  return lines(
    "auto lo",
    "iface lo inet loopback",
    "",
    nameservers.length > 0 && `        dns_nameservers ${nameservers.join(" ")}`,
    searchDomains.length > 0 && `        dns_search ${searchDomains.join(" ")}`,
    ...configuredInterfaces(config).flatMap(({ name, addressing: { ip, gw, ip6, gw6 } }) => {
      const v4 = ip === undefined || ip === "dhcp" ? undefined : splitNetwork(ip);
      const [address6, prefix6] = ip6?.split("/") ?? [];
      return [
        `auto ${name}`,
        ip === "dhcp" && `iface ${name} inet dhcp`,
        ...(v4 === undefined ? [] : [`iface ${name} inet static`, `        address ${v4.address}`]),
        v4 !== undefined && `        netmask ${v4.mask}`,
        v4 !== undefined && gw !== undefined && `        gateway ${gw}`,
        (ip6 === "auto" || ip6 === "dhcp") && `iface ${name} inet6 ${ip6}`,
        prefix6 !== undefined && `iface ${name} inet6 static`,
        prefix6 !== undefined && `        address ${address6 ?? ""}`,
        prefix6 !== undefined && `        netmask ${prefix6}`,
        prefix6 !== undefined && gw6 !== undefined && `        gateway ${gw6}`,
      ];
    }),
  );
}

/** The interfaces that have an `ipconfigN`, by their keys in the order of the alphabet: `net10` before `net2`. */
export function configuredInterfaces(
  config: Config,
): { name: string; mac: string; addressing: Addressing }[] {
  return Object.keys(config)
    .filter((key) => /^net\d+$/.test(key))
    .sort()
    .flatMap((key) => {
      const ipConfig = config[`ipconfig${key.slice(3)}`]?.trim() ?? "";
      if (ipConfig === "") return [];
      const mac = parseNetworkDevice(key, config[key] ?? "").macAddress.toLowerCase();
      return [{ name: `eth${key.slice(3)}`, mac, addressing: addressing(ipConfig) }];
    });
}

/** What the generator can use of an `ipconfigN`: nothing where a gateway is given with an address that is leased. */
function addressing(text: string): Addressing {
  const given: Addressing = parseProperties(IP_CONFIGURATION, text, "ipconfig");
  const { ip, gw, ip6, gw6 } = given;
  if (gw !== undefined && ip === "dhcp") return {};
  if (gw6 !== undefined && ip6?.includes(":") !== true) return {};
  return ip === undefined && ip6 === undefined ? { ip: "dhcp", ip6: "dhcp" } : given;
}

function resolvers({ searchdomain = "", nameserver }: Config): {
  searchDomains: string[];
  nameservers: string[];
} {
  return {
    searchDomains: words(searchdomain),
    nameservers: nameserver === undefined ? HOST_NAMESERVERS : words(nameserver),
  };
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}

function splitNetwork(cidr: string): { address: string; mask: string } {
  const [address = "", prefix] = cidr.split("/");
  if (prefix === undefined) throw failure(`not a CIDR: ${cidr}`);
  const bits = "1".repeat(Number(prefix)).padEnd(32, "0");
  const bytes = bits.match(/.{8}/g) ?? [];
  return { address, mask: bytes.map((byte) => parseInt(byte, 2)).join(".") };
}

function lines(...rows: readonly (string | false)[]): string {
  return rows
    .filter((row) => row !== false)
    .map((row) => `${row}\n`)
    .join("");
}

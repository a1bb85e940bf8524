import { Token } from "cdktf";
import type { Construct } from "constructs";
import { contains, isHostAddress, networkOf, parseIpv4 } from "../topology/ipv4";
import { PropChecks, matching, wholeNumber } from "./prop-checks";
import type { PropRule } from "./prop-checks";
import type { ProxmoxVmProps } from "./proxmox-vm-props";
import { publicKeyPattern } from "./ssh-keys";

const dnsName = matching(
  /^(?=.{1,253}$)[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/,
  "a DNS name: labels of at most 63 letters, digits and inner hyphens",
);
// A comma, a semicolon or a space in any of these would end the value early in Proxmox's property strings.
const plainWord = matching(
  /^[^\s,;:=]+$/,
  "a name without spaces, commas, colons, semicolons and equals signs",
);
const publicKey = matching(publicKeyPattern, "one OpenSSH public key, such as 'ssh-ed25519 AAAA... name'");
const hostAddress: PropRule<string> = (value) => {
  const address = parseIpv4(value);
  return address !== undefined && isHostAddress(address)
    ? undefined
    : "a host's IPv4 address, such as 192.168.1.10";
};

/**
 * Checks the props of a VM.
 * @throws InvalidPropsError that lists everything that is wrong with them
 */
export function checkVmProps(scope: Construct, props: ProxmoxVmProps): void {
  const checks = new PropChecks();
  // Minima as Proxmox VE's API schema has them (pve-common:src/PVE/JSONSchema.pm, qemu-server:src/PVE/QemuServer.pm); maxima beyond any machine there is.
  checks.check("vmId", props.vmId, wholeNumber(100, 999_999_999));
  checks.check("templateId", props.templateId, wholeNumber(100, 999_999_999));
  checks.check(
    "node",
    props.node,
    matching(/^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/, "the name of a Proxmox host"),
  );
  checks.check("name", props.name ?? scope.node.id, dnsName);
  checks.check("cores", props.cores, wholeNumber(1, 1024));
  checks.check("sockets", props.sockets, wholeNumber(1, 4));
  checks.check("memoryMiB", props.memoryMiB, wholeNumber(16, 4_194_304));
  checks.check("storage", props.storage, plainWord);
  checks.check("diskGiB", props.diskGiB, wholeNumber(1, 65_536));
  checks.check("bridge", props.bridge, plainWord);
  checks.check("vlanId", props.vlanId, wholeNumber(1, 4094));
  checks.checkEach("dnsServers", props.dnsServers, matching(/^[0-9a-fA-F.:]+$/, "an IP address"));
  checks.check("user", props.user, matching(/^[^\s:,]{1,64}$/, "a user name"));
  checks.checkEach("sshPublicKeys", props.sshPublicKeys, publicKey, false);
  checks.checkEach(
    "tags",
    props.tags,
    matching(/^[a-zA-Z0-9_][a-zA-Z0-9_+.-]*$/, "a tag: letters, digits, '_', '+', '.' and '-'"),
  );
  checks.check("description", props.description, matching(/^[^]{0,8192}$/, "at most 8192 characters long"));
  for (const prop of ["createTimeoutSeconds", "updateTimeoutSeconds", "deleteTimeoutSeconds"] as const) {
    checks.check(prop, props[prop], wholeNumber(1, 86_400));
  }
  if (props.templateId === props.vmId && !Token.isUnresolved(props.vmId)) {
    checks.fail(`'vmId' must not be 'templateId', got ${props.vmId} for both`);
  }
  if ((props.storage === undefined) !== (props.diskGiB === undefined)) {
    checks.fail(
      "'storage' and 'diskGiB' go together: give both, or neither to keep the template's disk as it is",
    );
  }
  if (props.vlanId !== undefined && props.bridge === undefined) checks.fail("'vlanId' needs 'bridge'");
  if (props.waitFor === "agent" && props.agent === false) {
    checks.fail("'waitFor' must not be \"agent\" where 'agent' is false: nothing would report the address");
  }
  checkAddress(checks, props);
  checks.throwIfAny(scope);
}

function checkAddress(checks: PropChecks, { ipv4Cidr, gateway }: ProxmoxVmProps): void {
  checks.check("gateway", gateway, hostAddress);
  checks.check("ipv4Cidr", ipv4Cidr, (value) => {
    const [, text = "", prefix = ""] = /^([^/]+)\/(\d{1,2})$/.exec(value) ?? [];
    const address = parseIpv4(text);
    if (value === "dhcp") return gateway === undefined ? undefined : "an address where 'gateway' is given";
    if (address === undefined || !isHostAddress(address) || Number(prefix) < 1 || Number(prefix) > 32) {
      return 'an IPv4 address with its prefix length, such as "192.168.1.100/24", or "dhcp"';
    }
    const router = gateway === undefined ? undefined : parseIpv4(gateway);
    if (router === undefined) return undefined;
    if (router === address) return "another address than 'gateway'";
    const inside = contains(networkOf(address, Number(prefix)), router);
    return inside ? undefined : `in one network with 'gateway' (${gateway})`;
  });
  if (gateway !== undefined && ipv4Cidr === undefined) checks.fail("'gateway' needs 'ipv4Cidr'");
}

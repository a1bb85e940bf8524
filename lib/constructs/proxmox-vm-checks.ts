import { Token } from "cdktf";
import type { Construct } from "constructs";
import { checkExtraDisks } from "./extra-disks";
import { checkNetworkInterface, checkFurtherInterfaces } from "./network-interface-checks";
import { PropChecks, matching, plainWord, wholeNumber } from "./prop-checks";
import type { ProxmoxVmProps } from "./proxmox-vm-props";
import { publicKeyPattern } from "./ssh-keys";

const dnsName = matching(
  /^(?=.{1,253}$)[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/,
  "a DNS name: labels of at most 63 letters, digits and inner hyphens",
);
const hostName = matching(/^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?$/, "the name of a Proxmox host");
const publicKey = matching(publicKeyPattern, "one OpenSSH public key, such as 'ssh-ed25519 AAAA... name'");

/**
 * Checks the props of a VM.
 * @throws InvalidPropsError that lists everything that is wrong with them
 */
export function checkVmProps(scope: Construct, props: ProxmoxVmProps): void {
  const checks = new PropChecks();
  // Minima as Proxmox VE's API schema has them (pve-common:src/PVE/JSONSchema.pm, qemu-server:src/PVE/QemuServer.pm); maxima beyond any machine there is.
  checks.check("vmId", props.vmId, wholeNumber(100, 999_999_999));
  checks.check("templateId", props.templateId, wholeNumber(100, 999_999_999));
  checks.check("node", props.node, hostName);
  checks.check("name", props.name ?? scope.node.id, dnsName);
  checks.check("cores", props.cores, wholeNumber(1, 1024));
  checks.check("sockets", props.sockets, wholeNumber(1, 4));
  checks.check("memoryMiB", props.memoryMiB, wholeNumber(16, 4_194_304));
  checks.check("storage", props.storage, plainWord);
  checks.check("diskGiB", props.diskGiB, wholeNumber(1, 65_536));
  checkNetworkInterface(checks, "", props);
  checkFurtherInterfaces(checks, props.furtherInterfaces);
  checkExtraDisks(checks, props.extraDisks);
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
  if (props.waitFor === "agent" && props.agent === false) {
    checks.fail("'waitFor' must not be \"agent\" where 'agent' is false: nothing would report the address");
  }
  checks.throwIfAny(scope);
}

import { Token } from "cdktf";
import type { Construct } from "constructs";
import { checkExtraDisks } from "./extra-disks";
import { checkNetworkInterface, checkFurtherInterfaces } from "./network-interface-checks";
import { PropChecks, matching, wholeNumber } from "./prop-checks";
import * as value from "./proxmox-values";
import type { ProxmoxVmProps } from "./proxmox-vm-props";
import { publicKeyPattern } from "./ssh-keys";

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
  checks.check("node", props.node, value.hostName);
  checks.check("name", props.name ?? scope.node.id, value.dnsName);
  checks.check("cores", props.cores, wholeNumber(1, 1024));
  checks.check("sockets", props.sockets, wholeNumber(1, 4));
  checks.check("cpu", props.cpu, value.cpuType);
  checks.check("memoryMiB", props.memoryMiB, wholeNumber(16, 4_194_304));
  checks.check("storage", props.storage, value.storageName);
  checks.check("diskGiB", props.diskGiB, wholeNumber(1, 65_536));
  checkNetworkInterface(checks, "", props);
  checkFurtherInterfaces(checks, props.furtherInterfaces);
  checkExtraDisks(checks, props.extraDisks);
  checks.checkEach("dnsServers", props.dnsServers, value.resolverAddress);
  checks.check("searchDomain", props.searchDomain, value.searchDomains);
  checks.check("user", props.user, value.userName);
  checks.checkEach("sshPublicKeys", props.sshPublicKeys, publicKey, false);
  checks.checkEach("tags", props.tags, value.tag);
  checks.check("description", props.description, value.description);
  checks.check("pool", props.pool, value.poolName);
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

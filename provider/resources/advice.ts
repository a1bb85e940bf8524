import { isCertificateFailure } from "../proxmox/verdict";

/** A fixed text of Proxmox's and what a person can do about it. */
interface Advice {
  readonly said: RegExp;
  readonly advice: (match: RegExpExecArray, tokenId: string) => string;
}

/**
 * The next step for the texts that a VM's life meets most.
 * Sources: qemu-server src/PVE/API2/Qemu.pm, pve-guest-common src/PVE/AbstractConfig.pm, pve-storage src/PVE/Storage.pm.
 */
const ADVICE: readonly Advice[] = [
  {
    said: /Permission check failed \((\/[^,)]*), ([^)]+)\)/,
    advice: ([, path = "", privilege = ""], tokenId) =>
      `The API token ${tokenId} lacks ${privilege.split("|").join(" or ")} on ${path}. Grant a role with it there ` +
      "(pveum acl modify); with privilege separation both the user and the token need it.",
  },
  {
    said: /Permission check failed/,
    advice: (_, tokenId) =>
      `The API token ${tokenId} may not do this. To clone it needs VM.Clone on the template, and VM.Allocate on the ` +
      "new VM id or on the pool; the pool has to exist.",
  },
  {
    said: /config file already exists|: File exists/,
    advice: () =>
      "The VM id was taken just now: by another resource of this configuration with the same vmid, or by someone " +
      "else. Choose a free vmid, or take the VM that holds it over with terraform import.",
  },
  {
    said: /VM is locked \((\w[\w-]*)\)/,
    advice: ([, lock = ""]) =>
      `Another operation (${lock}) has locked the VM. Let it end and run terraform apply again; a lock that a killed ` +
      "operation left behind is lifted on the node by qm unlock.",
  },
  {
    said: /can't lock file|cfs-lock|got lock request timeout/,
    advice: () =>
      "Something else was at work on the same VM or storage for too long. Run terraform apply again.",
  },
  {
    said: /protection mode enabled/,
    advice: () =>
      "The VM is protected. To let it go switch off Protection in its Options in Proxmox, then run again.",
  },
  {
    said: /storage '([^']+)' (does not exist|is disabled|is not available on node)/,
    advice: ([, storage = ""]) =>
      `Check the storage "${storage}" in scsi0: pvesm status on the node lists those it can use, and "images" has to ` +
      "be among the content it takes.",
  },
  {
    said: /bridge '([^']+)' does not exist/,
    advice: ([, bridge = ""]) =>
      `The node has no bridge "${bridge}": correct bridge in net0, or make it on the node.`,
  },
  {
    said: /storage '([^']+)' does not support vm images/,
    advice: ([, storage = ""]) =>
      `The storage "${storage}" takes no VM disks: choose another in scsi0, or add "Disk image" to its content.`,
  },
  {
    said: /pool '([^']+)' does not exist/,
    advice: ([, pool = ""]) => `Make the pool first (pveum pool add ${pool}), or correct pool.`,
  },
  {
    said: /VM uses local storage|can't clone to non-shared storage/,
    advice: () =>
      "A clone can only go to another node where all disks are on shared storage. Make the VM on the template's node, " +
      "or have a template on each node.",
  },
  {
    said: /out of space|No space left|not enough (free )?space/i,
    advice: () => "The storage is full. Free some space, or choose another storage in scsi0.",
  },
  {
    said: /unable to find configuration file for VM|Configuration file '[^']*' does not exist/,
    advice: () => "The VM is not on that node. It may have been removed or moved: run terraform plan again.",
  },
  {
    said: /checksum mismatch/,
    advice: () => "Someone changed the VM at the same moment. Run terraform apply again.",
  },
  {
    said: /No QEMU guest agent configured/,
    advice: () => 'The guest agent is off for this VM: set agent = true, or wait_for = "none".',
  },
  {
    said: /hostname lookup '([^']+)' failed|no such cluster node '([^']+)'/,
    advice: ([, host, node]) =>
      `Proxmox has no node "${host ?? node ?? ""}". pvesh get /nodes lists the names that node may have.`,
  },
];

/**
 * What to do about an answer or a task's end.
 *
 * @param status HTTP status; left out for tasks
 */
export function adviseSaid(said: string, status: number | undefined, tokenId: string): string | undefined {
  if (status === 401) {
    return (
      `Proxmox does not know the API token ${tokenId} with this secret, or it has expired. Check api_user (with its ` +
      "realm, as terraform@pve), api_token_id (the name alone) and api_token_secret."
    );
  }
  if (status !== undefined && status >= 595) {
    return "The node could not be reached through the one that was asked, or took over 30 s to answer. Run again when it is up.";
  }
  if (status !== undefined && status >= 300 && status < 400) {
    return "A redirect is not followed, the token would go with it. Give the URL of the API itself, as https://HOST:8006.";
  }
  for (const { said: pattern, advice } of ADVICE) {
    const match = pattern.exec(said);
    if (match !== null) return advice(match, tokenId);
  }
  return undefined;
}

/** What to do about a connection that failed. */
export function adviseConnection(code: string, origin: string): string {
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID") {
    return "The certificate is for another host name. Use a name that it holds in the endpoint.";
  }
  if (code === "CERT_HAS_EXPIRED")
    return "The certificate has expired. Renew it on the node (pvecm updatecerts).";
  if (isCertificateFailure(code)) {
    return (
      "The certificate is not signed by a CA that this machine trusts. Give Proxmox's own CA as ca_file: it is " +
      "/etc/pve/pve-root-ca.pem on every node."
    );
  }
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return `Check the host name in ${origin}.`;
  if (code === "ECONNREFUSED")
    return `Nothing listens there. Check host and port of ${origin}; Proxmox listens on 8006.`;
  if (code === "ENOTPROXMOX") return `Check ${origin}: something answers there, but it is no Proxmox API.`;
  if (code === "EPROTO") return `Check ${origin}: what listens there does not speak HTTPS.`;
  return `Check that ${origin} can be reached from here, then run again.`;
}

import { FINGERPRINT_MISMATCH } from "../../proxmox/tls-agent";
import { isCertificateFailure } from "../../proxmox/verdict";
import { commands } from "./situation";

/** What to do about codes that Node, OpenSSL and the provider's own client give a connection that failed. */
const BY_CODE: Readonly<Record<string, (origin: string) => string>> = {
  [FINGERPRINT_MISMATCH]: () =>
    "Nothing was sent. Either the node has a new certificate, or someone poses as Proxmox. Look at the certificate on " +
    "the node itself, and only if it has the fingerprint above set fingerprint to that:" +
    commands("pvenode cert info") +
    "\nEach node of a cluster has its own.",
  ERR_TLS_CERT_ALTNAME_INVALID: () =>
    "The certificate is for other names or addresses. Use one that it holds in the endpoint, or pin the certificate by " +
    "its fingerprint.",
  CERT_HAS_EXPIRED: () =>
    `The certificate has expired. Renew it on the node, as root:${commands("pvecm updatecerts --force", "systemctl reload pveproxy")}`,
  CERT_NOT_YET_VALID: () =>
    "The certificate is not valid yet: compare the clocks of this machine and of the node.",
  ENOTFOUND: (origin) =>
    `Nobody knows the host name in ${origin}. Check it, and the resolvers of this machine.`,
  EAI_AGAIN: (origin) =>
    `The host name in ${origin} could not be looked up just now. Check the resolvers of this machine.`,
  ECONNREFUSED: (origin) =>
    `Nothing listens there. Check host and port of ${origin}; Proxmox listens on 8006. On the node:` +
    commands("systemctl status pveproxy"),
  ENOTPROXMOX: (origin) => `Check ${origin}: something answers there, but it is no Proxmox API.`,
  EPROTO: (origin) => `Check ${origin}: what listens there does not speak HTTPS.`,
  ETOOLARGE: (origin) =>
    `No answer of Proxmox's is that long. Check that ${origin} is the Proxmox API and not something else.`,
  ETIMEDOUT: (origin) =>
    `${origin} did not answer in time. Check that no firewall is in between, then run again.`,
};

/**
 * What to do about a connection that failed.
 *
 * @param origin scheme, host and port
 */
export function adviseConnection(code: string, origin: string): string {
  const advice = BY_CODE[code];
  if (advice !== undefined) return advice(origin);
  if (isCertificateFailure(code)) {
    return (
      "No CA that is trusted has signed the certificate: those of ca_file where it is given, else those that Node brings " +
      "along. Give Proxmox's own CA as ca_file: it is /etc/pve/pve-root-ca.pem on every node; where you have, check that " +
      "it is this cluster's. Or pin the node's certificate by its fingerprint, which it shows with" +
      commands("pvenode cert info")
    );
  }
  if (code.startsWith("ERR_SSL_")) return BY_CODE["EPROTO"]?.(origin) ?? "";
  if (code.startsWith("HPE_"))
    return `Check ${origin}: what answers there does not speak HTTP as Proxmox does.`;
  return `Check that ${origin} can be reached from here, then run again.`;
}

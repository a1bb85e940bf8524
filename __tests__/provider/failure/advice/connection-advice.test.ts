import { ConnectionError } from "../../../../provider/proxmox/api-error";
import { failureDiagnostic } from "../../../../provider/failure/failure";
import { TOKEN } from "./advised";

const CALL = { method: "GET", path: "/version" } as const;

function told(code: string, message = "failed"): string {
  const error = new ConnectionError(CALL, "https://pve1:8006", code, message, false);
  return failureDiagnostic("use Proxmox", error, TOKEN).detail;
}

test.each([
  ["EFINGERPRINT", "Nothing was sent", "pvenode cert info", "Each node of a cluster has its own"],
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "/etc/pve/pve-root-ca.pem", "fingerprint"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "/etc/pve/pve-root-ca.pem"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "/etc/pve/pve-root-ca.pem"],
  ["CERT_REVOKED", "/etc/pve/pve-root-ca.pem"],
  ["CERT_HAS_EXPIRED", "has expired", "pvecm updatecerts"],
  ["CERT_NOT_YET_VALID", "compare the clocks"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "other names", "fingerprint"],
  ["ENOTFOUND", "host name in https://pve1:8006"],
  ["EAI_AGAIN", "could not be looked up just now"],
  ["ECONNREFUSED", "8006", "systemctl status pveproxy"],
  ["ENOTPROXMOX", "no Proxmox API"],
  ["EPROTO", "does not speak HTTPS"],
  ["ERR_SSL_WRONG_VERSION_NUMBER", "does not speak HTTPS"],
  ["HPE_HEADER_OVERFLOW", "does not speak HTTP as Proxmox does"],
  ["ETOOLARGE", "No answer of Proxmox's is that long"],
  ["ETIMEDOUT", "firewall"],
  ["EHOSTUNREACH", "can be reached from here"],
])("%s", (code, ...texts) => {
  const detail = told(code);
  expect(detail).toContain(`What happened: failed (${code})`);
  for (const text of texts) expect(detail).toContain(text);
});

test("each fault of a certificate is told in words of its own", () => {
  const codes = ["EFINGERPRINT", "DEPTH_ZERO_SELF_SIGNED_CERT", "CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID"];
  const advice = [...codes, "ERR_TLS_CERT_ALTNAME_INVALID"].map((code) => told(code).split("\n\n")[1]);
  expect(new Set(advice).size).toBe(codes.length + 1);
});

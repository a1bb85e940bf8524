// The X.509 library does not load without it.
import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { isIP } from "node:net";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";

/** What the server needs to speak TLS, and its callers to trust it. All PEM. */
interface ServerCertificate {
  readonly caCertificatePem: string;
  readonly certificatePem: string;
  readonly privateKeyPem: string;
}

const ALGORITHM = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Makes a certificate authority that lives as long as the process, and a server certificate of it for the loopback
 * addresses. The authority's key is thrown away at once.
 *
 * @param host an address or name that the certificate is to hold too
 */
export async function makeServerCertificate(host: string): Promise<ServerCertificate> {
  const [caKeys, serverKeys] = await Promise.all([makeKeys(), makeKeys()]);
  const validity = {
    notBefore: new Date(Date.now() - DAY_MS),
    notAfter: new Date(Date.now() + 30 * DAY_MS),
  };
  const ca = await X509CertificateGenerator.createSelfSigned(
    {
      name: "CN=Proxmox VE API simulator CA",
      keys: caKeys,
      signingAlgorithm: ALGORITHM,
      ...validity,
      extensions: [
        new BasicConstraintsExtension(true, 0, true),
        new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
        await SubjectKeyIdentifierExtension.create(caKeys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
  const certificate = await X509CertificateGenerator.create(
    {
      subject: "CN=Proxmox VE API simulator",
      issuer: ca.subject,
      publicKey: serverKeys.publicKey,
      signingKey: caKeys.privateKey,
      signingAlgorithm: ALGORITHM,
      ...validity,
      extensions: [
        new BasicConstraintsExtension(false, undefined, true),
        new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
        new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
        new SubjectAlternativeNameExtension(alternativeNames(host)),
        await AuthorityKeyIdentifierExtension.create(caKeys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
  const privateKey = await webcrypto.subtle.exportKey("pkcs8", serverKeys.privateKey);
  return {
    caCertificatePem: pem(ca.toString("pem")),
    certificatePem: pem(certificate.toString("pem")),
    privateKeyPem: pem(PemConverter.encode(privateKey, "PRIVATE KEY")),
  };
}

function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ["sign", "verify"]);
}

function pem(text: string): string {
  return `${text.trimEnd()}\n`;
}

function alternativeNames(host: string): { type: "ip" | "dns"; value: string }[] {
  const addresses = new Set(["127.0.0.1", "::1", ...(isIP(host) === 0 ? [] : [host])]);
  return [
    { type: "dns", value: "localhost" },
    ...[...addresses].map((value) => ({ type: "ip" as const, value })),
  ];
}

import crypto from "node:crypto";
import {
  bitString,
  booleanTrue,
  contextExplicit,
  contextSimple,
  integer,
  objectIdentifier,
  octetString,
  sequence,
  setOf,
  time,
  utf8String,
} from "./der";

/** A certificate and its key, both PEM. */
export interface CertificateAndKey {
  readonly certificate: string;
  readonly privateKey: string;
}

const HOST = "localhost";
const DAY_MS = 86_400_000;
const VALID_DAYS = 3650;
/** RFC 5280, section 4.1.2.2 allows twenty octets. */
const SERIAL_OCTETS = 16;
/** Of X.509 version 3, which counts from 0. */
const VERSION_3 = Buffer.of(2);
/** GeneralName's choice of a DNS name. Source: RFC 5280, section 4.2.1.6. */
const DNS_NAME = 2;
/** Of the key usage: bit 0, digitalSignature, and bit 5, keyCertSign; the two lowest bits are not used. */
const KEY_USAGE = { octets: Buffer.of(0b10000100), unusedBits: 2 };

/** Sources: RFC 5280, appendix A; RFC 5758, section 3.2 (the signature). */
const OBJECT_ID = {
  ecdsaWithSha256: objectIdentifier("1.2.840.10045.4.3.2"),
  commonName: objectIdentifier("2.5.4.3"),
  keyUsage: objectIdentifier("2.5.29.15"),
  subjectAltName: objectIdentifier("2.5.29.17"),
  basicConstraints: objectIdentifier("2.5.29.19"),
  extendedKeyUsage: objectIdentifier("2.5.29.37"),
  serverAuth: objectIdentifier("1.3.6.1.5.5.7.3.1"),
  clientAuth: objectIdentifier("1.3.6.1.5.5.7.3.2"),
};

/**
 * A certificate for `localhost` with a fresh P-256 key, for either end of one connection between two processes.
 *
 * Written here, because an X.509 library takes 35 ms to load and Terraform starts a provider four times in one apply.
 *
 * @param serial Big-endian and positive. @default - random
 */
export function createCertificate(
  now: Date,
  serial: Uint8Array = crypto.randomBytes(SERIAL_OCTETS),
): CertificateAndKey {
  // An RSA key would take 200 ms to make.
  const { publicKey, privateKey } = crypto.generateKeyPairSync("ec", { namedCurve: "P-256" });
  const content = signedContent(now, serial, publicKey);
  const signature = crypto.sign("sha256", content, privateKey);
  const certificate = sequence(content, sequence(OBJECT_ID.ecdsaWithSha256), bitString(signature));
  return {
    certificate: new crypto.X509Certificate(certificate).toString(),
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

/** The TBSCertificate. Source: RFC 5280, section 4.1. */
function signedContent(now: Date, serial: Uint8Array, publicKey: crypto.KeyObject): Buffer {
  const name = sequence(setOf(sequence(OBJECT_ID.commonName, utf8String(HOST))));
  return sequence(
    contextExplicit(0, integer(VERSION_3)),
    integer(serial),
    sequence(OBJECT_ID.ecdsaWithSha256),
    name,
    sequence(
      // Begun a day ago, for a clock that is set back while Terraform runs.
      time(new Date(now.getTime() - DAY_MS)),
      time(new Date(now.getTime() + VALID_DAYS * DAY_MS)),
    ),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    contextExplicit(3, extensions()),
  );
}

function extensions(): Buffer {
  return sequence(
    // Its own authority: OpenSSL, at the other end, takes no other self-signed certificate for trusted.
    critical(OBJECT_ID.basicConstraints, sequence(booleanTrue())),
    critical(OBJECT_ID.keyUsage, bitString(KEY_USAGE.octets, KEY_USAGE.unusedBits)),
    extension(OBJECT_ID.subjectAltName, sequence(contextSimple(DNS_NAME, Buffer.from(HOST)))),
    extension(OBJECT_ID.extendedKeyUsage, sequence(OBJECT_ID.serverAuth, OBJECT_ID.clientAuth)),
  );
}

function extension(id: Uint8Array, value: Uint8Array): Buffer {
  return sequence(id, octetString(value));
}

/** One that whoever does not understand it must refuse the certificate for. */
function critical(id: Uint8Array, value: Uint8Array): Buffer {
  return sequence(id, booleanTrue(), octetString(value));
}

import crypto from "node:crypto";

/*
 * A self-signed certificate in DER (X.690, RFC 5280), written out by hand: it has one shape only, and a general
 * X.509 library takes longer to load than the whole rest of the start.
 */

/** A certificate and its key, both PEM. */
export interface CertificateAndKey {
  readonly certificate: string;
  readonly privateKey: string;
}

const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bits: 0x03,
  octets: 0x04,
  oid: 0x06,
  text: 0x0c,
  utcTime: 0x17,
  time: 0x18,
} as const;
const SEQUENCE = 0x30;
const SET = 0x31;
/** Context tags: `[0]` and `[3]` around others, `[2]` for a DNS name. */
const VERSION = 0xa0;
const EXTENSIONS = 0xa3;
const DNS_NAME = 0x82;

/** Object identifiers, encoded. */
const OID = {
  ecdsaWithSha256: "2a8648ce3d040302",
  commonName: "550403",
  subjectAlternativeName: "551d11",
  basicConstraints: "551d13",
  extendedKeyUsage: "551d25",
  serverAuthentication: "2b06010505070301",
  clientAuthentication: "2b06010505070302",
} as const;

const DAY_MS = 86_400_000;
const VALID_DAYS = 3650;

function der(tag: number, ...contents: Buffer[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

function oid(name: keyof typeof OID): Buffer {
  return der(TAG.oid, Buffer.from(OID[name], "hex"));
}

/** Two digits of the year until 2049, four from then on (RFC 5280, 4.1.2.5). */
function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/[-:T]|\.\d+/g, "");
  return date.getUTCFullYear() < 2050
    ? der(TAG.utcTime, Buffer.from(digits.slice(2)))
    : der(TAG.time, Buffer.from(digits));
}

function extension(name: keyof typeof OID, ...contents: Buffer[]): Buffer {
  return der(SEQUENCE, oid(name), der(TAG.octets, der(SEQUENCE, ...contents)));
}

/** A certificate for `localhost` with a fresh P-256 key, for either end of one connection between two processes. */
export function createCertificate(now: Date): CertificateAndKey {
  const { publicKey, privateKey } = crypto.generateKeyPairSync("ec", { namedCurve: "P-256" });
  const signature = der(SEQUENCE, oid("ecdsaWithSha256"));
  const name = der(
    SEQUENCE,
    der(SET, der(SEQUENCE, oid("commonName"), der(TAG.text, Buffer.from("localhost")))),
  );
  // The first byte keeps the number positive and without a leading zero.
  const serial = Buffer.concat([Buffer.from([0x01]), crypto.randomBytes(15)]);
  const toBeSigned = der(
    SEQUENCE,
    der(VERSION, der(TAG.integer, Buffer.from([2]))),
    der(TAG.integer, serial),
    signature,
    name,
    // Begun a day ago, for a clock that is set back while Terraform runs.
    der(
      SEQUENCE,
      time(new Date(now.getTime() - DAY_MS)),
      time(new Date(now.getTime() + VALID_DAYS * DAY_MS)),
    ),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    der(
      EXTENSIONS,
      der(
        SEQUENCE,
        // Its own authority: OpenSSL, at the other end, takes no other self-signed certificate for trusted.
        extension("basicConstraints", der(TAG.boolean, Buffer.from([0xff]))),
        extension("subjectAlternativeName", der(DNS_NAME, Buffer.from("localhost"))),
        extension("extendedKeyUsage", oid("serverAuthentication"), oid("clientAuthentication")),
      ),
    ),
  );
  const signed = crypto.sign("sha256", toBeSigned, privateKey);
  const certificate = der(SEQUENCE, toBeSigned, signature, der(TAG.bits, Buffer.from([0]), signed));
  return {
    certificate: new crypto.X509Certificate(certificate).toString(),
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}

// The X.509 library does not load without it.
import "reflect-metadata";
import crypto, { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import fc from "fast-check";
import { createCertificate } from "../../../provider/plugin/certificate";

const DAY_MS = 86_400_000;
const VALID_MS = 3650 * DAY_MS;
const NOW = new Date("2026-11-22T21:03:09Z");
const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
const CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

test("OpenSSL reads it as one for localhost at either end, signed with its own fresh key", () => {
  const { certificate, privateKey } = createCertificate(NOW, Buffer.from("0badcafe", "hex"));
  const parsed = new crypto.X509Certificate(certificate);
  expect(parsed).toMatchObject({
    subject: "CN=localhost",
    issuer: "CN=localhost",
    subjectAltName: "DNS:localhost",
    serialNumber: "0BADCAFE",
    ca: true,
    // What Node calls key usage is the extended one.
    keyUsage: [SERVER_AUTH, CLIENT_AUTH],
  });
  expect(parsed.checkHost("localhost")).toBe("localhost");
  expect(parsed.checkHost("example.com")).toBeUndefined();
  expect(parsed.checkIssued(parsed)).toBe(true);
  expect(parsed.verify(parsed.publicKey)).toBe(true);
  expect(parsed.publicKey.asymmetricKeyDetails).toEqual({ namedCurve: "prime256v1" });
  expect(parsed.checkPrivateKey(crypto.createPrivateKey(privateKey))).toBe(true);
});

test("a library that did not write it reads every field of it", async () => {
  const parsed = new x509.X509Certificate(createCertificate(NOW, Buffer.from("0badcafe", "hex")).certificate);
  expect(parsed).toMatchObject({
    subject: "CN=localhost",
    issuer: "CN=localhost",
    serialNumber: "0badcafe",
    notBefore: new Date(NOW.getTime() - DAY_MS),
    notAfter: new Date(NOW.getTime() + VALID_MS),
    signatureAlgorithm: { name: "ECDSA", hash: { name: "SHA-256" } },
  });
  expect(parsed.publicKey.algorithm).toMatchObject({ name: "ECDSA", namedCurve: "P-256" });
  expect(await parsed.verify({ date: NOW }, webcrypto)).toBe(true);

  expect(parsed.extensions).toHaveLength(4);
  const constraints = parsed.getExtension(x509.BasicConstraintsExtension);
  expect(constraints).toMatchObject({ critical: true, ca: true, pathLength: undefined });
  const usage = parsed.getExtension(x509.KeyUsagesExtension);
  expect(usage).toMatchObject({
    critical: true,
    usages: x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyCertSign,
  });
  const names = parsed.getExtension(x509.SubjectAlternativeNameExtension);
  expect(names?.critical).toBe(false);
  expect(names?.names.toJSON()).toEqual([{ type: "dns", value: "localhost" }]);
  const extendedUsage = parsed.getExtension(x509.ExtendedKeyUsageExtension);
  expect(extendedUsage).toMatchObject({ critical: false, usages: [SERVER_AUTH, CLIENT_AUTH] });
});

test("no two have the same key or serial number", () => {
  const [one, other] = [createCertificate(NOW), createCertificate(NOW)];
  expect(one.privateKey).not.toBe(other.privateKey);
  const serials = [one, other].map(({ certificate }) => new crypto.X509Certificate(certificate).serialNumber);
  expect(serials[0]).not.toBe(serials[1]);
});

test("is valid from a day before for ten years, whatever its serial number and the clock", async () => {
  const clocks = fc.date({
    min: new Date("1971-01-01T00:00:00Z"),
    max: new Date("9980-01-01T00:00:00Z"),
    noInvalidDate: true,
  });
  await fc.assert(
    fc.asyncProperty(clocks, fc.uint8Array({ minLength: 1, maxLength: 20 }), async (now, serial) => {
      const { certificate } = createCertificate(now, serial);
      const seconds = Math.floor(now.getTime() / 1000) * 1000;
      const openssl = new crypto.X509Certificate(certificate);
      const other = new x509.X509Certificate(certificate);
      expect(BigInt(`0x${openssl.serialNumber}`)).toBe(BigInt(`0x${Buffer.from(serial).toString("hex")}`));
      expect(BigInt(`0x${other.serialNumber}`)).toBe(BigInt(`0x${openssl.serialNumber}`));
      expect([Date.parse(openssl.validFrom), Date.parse(openssl.validTo)]).toEqual([
        seconds - DAY_MS,
        seconds + VALID_MS,
      ]);
      expect([other.notBefore.getTime(), other.notAfter.getTime()]).toEqual([
        seconds - DAY_MS,
        seconds + VALID_MS,
      ]);
      expect(openssl.verify(openssl.publicKey)).toBe(true);
      expect(await other.verify({ signatureOnly: true }, webcrypto)).toBe(true);
    }),
    {
      examples: [
        // Leading zeros, the highest bit, and both at the end of the years of two digits.
        [new Date(Date.parse("2049-12-31T23:59:59Z") - VALID_MS), Uint8Array.of(0, 0, 0x80)],
        [new Date(Date.parse("2050-01-01T00:00:00Z") - VALID_MS), Uint8Array.of(0xff)],
      ],
    },
  );
});

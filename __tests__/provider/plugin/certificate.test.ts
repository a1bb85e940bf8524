import { X509Certificate } from "node:crypto";
import crypto from "node:crypto";
import { createCertificate } from "../../../provider/plugin/certificate";

const DAY_MS = 86_400_000;

test("is for localhost at either end, signed with its own fresh key", async () => {
  const { certificate, privateKey } = await createCertificate(new Date());
  const parsed = new X509Certificate(certificate);
  expect(parsed.checkHost("localhost")).toBe("localhost");
  expect(parsed.checkHost("example.com")).toBeUndefined();
  expect(parsed.keyUsage).toEqual(["1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2"]);
  expect(parsed.verify(parsed.publicKey)).toBe(true);
  expect(parsed.checkPrivateKey(crypto.createPrivateKey(privateKey))).toBe(true);
  expect((await createCertificate(new Date())).privateKey).not.toBe(privateKey);
});

test.each(["2026-11-22T21:00:00Z", "2039-12-31T23:59:59Z", "2041-06-01T00:00:00Z"])(
  "is valid from a day before %s for ten years",
  async (now) => {
    const date = new Date(now);
    const { validFrom, validTo } = new X509Certificate((await createCertificate(date)).certificate);
    expect(Date.parse(validFrom)).toBe(date.getTime() - DAY_MS);
    expect(Date.parse(validTo)).toBe(date.getTime() + 3650 * DAY_MS);
  },
);

import fc from "fast-check";
import { parseFingerprint } from "../../../provider/proxmox/fingerprint";

const BYTES = fc.uint8Array({ minLength: 32, maxLength: 32 });

test("a fingerprint is the same in every way that it is written", () => {
  fc.assert(
    fc.property(BYTES, (bytes) => {
      const digits = Buffer.from(bytes).toString("hex");
      const shown = (digits.toUpperCase().match(/../g) ?? []).join(":");
      for (const text of [digits, digits.toUpperCase(), shown, shown.toLowerCase(), ` ${shown}\n`]) {
        expect(parseFingerprint(text)).toBe(shown);
      }
    }),
  );
});

test.each([
  ["AB:CD", "is no SHA-256 fingerprint: it has 64 hexadecimal digits"],
  ["", "is no SHA-256 fingerprint"],
  [`${"0".repeat(63)}g`, "is no SHA-256 fingerprint"],
  ["0".repeat(40), "a SHA-1 fingerprint is too short"],
])("%p is refused with where to find it", (text, message) => {
  expect(() => parseFingerprint(text)).toThrow(message);
  expect(() => parseFingerprint(text)).toThrow("pvenode cert info");
});

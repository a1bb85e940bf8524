import * as der from "../../../provider/plugin/der";

const hex = (element: Buffer) => element.toString("hex");

// The second is the example of X.690, clause 8.19.5; the third is RSA's of RFC 8017.
test.each([
  ["2.5.29.17", "0603551d11"],
  ["2.999.3", "0603883703"],
  ["1.2.840.113549.1.1.1", "06092a864886f70d010101"],
])("writes the object identifier %s", (dotted, written) => {
  expect(hex(der.objectIdentifier(dotted))).toBe(written);
});

test.each([
  ["", "020100"],
  ["00", "020100"],
  ["7f", "02017f"],
  ["80", "02020080"],
  ["00ff", "020200ff"],
  ["000001", "020101"],
  ["0100", "02020100"],
])("writes the number %s in as few octets as it takes, and positive", (magnitude, written) => {
  expect(hex(der.integer(Buffer.from(magnitude, "hex")))).toBe(written);
});

test.each([
  [0, "0400"],
  [127, "047f"],
  [128, "048180"],
  [255, "0481ff"],
  [256, "04820100"],
  [70_000, "0483011170"],
])("writes the length of %i octets", (length, head) => {
  const written = der.octetString(Buffer.alloc(length));
  expect(hex(written.subarray(0, written.length - length))).toBe(head);
});

test.each([
  ["1970-01-01T00:00:00Z", 0x17, "700101000000Z"],
  ["2026-11-22T21:03:09.999Z", 0x17, "261122210309Z"],
  ["2049-12-31T23:59:59Z", 0x17, "491231235959Z"],
  ["2050-01-01T00:00:00Z", 0x18, "20500101000000Z"],
  ["9999-12-31T23:59:59Z", 0x18, "99991231235959Z"],
])("writes the time %s as RFC 5280 says", (date, tag, digits) => {
  const written = der.time(new Date(date));
  expect([written[0], written[1], written.subarray(2).toString()]).toEqual([tag, digits.length, digits]);
});

import fc from "fast-check";
import {
  formatCidr,
  formatIpv4,
  isHostAddress,
  networkOf,
  parseCidr,
  parseIpv4,
} from "../../../lib/topology/ipv4";

const address = fc.integer({ min: 0, max: 2 ** 32 - 1 });

test("every address survives being printed and parsed", () => {
  fc.assert(fc.property(address, (value) => parseIpv4(formatIpv4(value)) === value));
});

test("a network holds 2^(32 - prefix) addresses, the one it was made from among them", () => {
  fc.assert(
    fc.property(address, fc.integer({ min: 0, max: 32 }), (value, prefixLength) => {
      const { base, broadcast } = networkOf(value, prefixLength);
      expect(broadcast - base + 1).toBe(2 ** (32 - prefixLength));
      expect(value >= base && value <= broadcast).toBe(true);
      expect(base % 2 ** (32 - prefixLength)).toBe(0);
    }),
  );
});

test.each(["", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.04", "1.2.3.-4", "1.2.3.4 ", "0x1.2.3.4", "1..2.3"])(
  "%j is no address",
  (text) => {
    expect(parseIpv4(text)).toBeUndefined();
  },
);

test.each(["10.0.0.0", "10.0.0.0/33", "10.0.0.0/08", "10.0.0.0/", "10.0.0.0/24/8", "10.0.0/24"])(
  "%j is no network",
  (text) => {
    expect(parseCidr(text)).toBeUndefined();
  },
);

test("a network is named by its own address", () => {
  const network = parseCidr("192.168.1.77/26");
  expect(network && formatCidr(network)).toBe("192.168.1.64/26");
});

test.each([
  ["0.0.0.0", false],
  ["0.255.0.1", false],
  ["1.0.0.1", true],
  ["127.0.0.53", false],
  ["223.255.255.254", true],
  ["224.0.0.1", false],
  ["255.255.255.255", false],
])("%s: a host can have it: %s", (text, expected) => {
  expect(isHostAddress(parseIpv4(text) ?? -1)).toBe(expected);
});

import fc from "fast-check";
import {
  contains6,
  formatCidr6,
  formatIpv6,
  isHostAddress6,
  isLinkLocal6,
  networkOf6,
  parseCidr6,
  parseIpv6,
} from "../../../lib/topology/ipv6";

const address = fc.bigInt({ min: 0n, max: 2n ** 128n - 1n });

describe("addresses", () => {
  test("any number survives printing and parsing", () => {
    fc.assert(
      fc.property(address, (number) => {
        expect(parseIpv6(formatIpv6(number))).toBe(number);
      }),
    );
  });

  // RFC 5952, sections 4.1 to 4.3.
  test.each([
    ["2001:0DB8:0:0:0:0:0:1", "2001:db8::1"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
    ["2001:0:0:1:0:0:0:1", "2001:0:0:1::1"],
    ["2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["64:ff9b::10.0.0.1", "64:ff9b::a00:1"],
    ["::", "::"],
    ["1::", "1::"],
  ])("%s is printed as %s", (text, canonical) => {
    expect(formatIpv6(parseIpv6(text) ?? -1n)).toBe(canonical);
  });

  test.each([
    "",
    ":",
    ":::",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "2001:db8::g",
    "2001:db8::10000",
    "fe80::1%eth0",
    "[::1]",
    " ::1",
    "::1 ",
    "2001:db8::1/64",
    "10.0.0.1",
    "::1.2.3",
  ])("%j is no address", (text) => {
    expect(parseIpv6(text)).toBeUndefined();
  });
});

describe("networks", () => {
  test("contain their edges and nothing beyond", () => {
    fc.assert(
      fc.property(address, fc.integer({ min: 0, max: 128 }), (inside, prefixLength) => {
        const network = networkOf6(inside, prefixLength);
        expect(contains6(network, inside)).toBe(true);
        expect(contains6(network, network.base) && contains6(network, network.last)).toBe(true);
        expect(contains6(network, network.base - 1n) || contains6(network, network.last + 1n)).toBe(false);
        expect(network.last - network.base + 1n).toBe(2n ** BigInt(128 - prefixLength));
        expect(parseCidr6(formatCidr6(network))).toEqual(network);
      }),
    );
  });

  test("an address inside stands for its network", () => {
    expect(formatCidr6(parseCidr6("2001:db8:14::7/64") ?? networkOf6(0n, 0))).toBe("2001:db8:14::/64");
  });

  test.each(["2001:db8::", "2001:db8::/129", "2001:db8::/064", "10.0.0.0/8", "2001:db8::/64/64", "/64"])(
    "%j is no network",
    (text) => {
      expect(parseCidr6(text)).toBeUndefined();
    },
  );
});

test.each([
  ["2001:db8::1", true],
  ["fd00::1", true],
  ["fe80::1", true],
  ["64:ff9b::1", true],
  ["::", false],
  ["::1", false],
  ["::ffff:10.0.0.1", false],
  ["ff02::1", false],
])("whether a machine can have %s: %s", (text, can) => {
  expect(isHostAddress6(parseIpv6(text) ?? 0n)).toBe(can);
});

test("link-local are fe80::/10 alone", () => {
  const told = ["fe7f::1", "fe80::1", "febf::1", "fec0::1"].map((text) =>
    isLinkLocal6(parseIpv6(text) ?? 0n),
  );
  expect(told).toEqual([false, true, true, false]);
});

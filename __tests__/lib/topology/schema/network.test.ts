import { base, read, short } from "../read/read";

test.each([
  [
    { mtu: 575 },
    "network.mtu: got 575; must be a whole number from 576 to 65520 bytes; for the bridge's own leave mtu out",
  ],
  [
    { ipv6: { cidr: "2001:db8::1/64" } },
    'network.ipv6.cidr: got "2001:db8::1/64"; must be the network\'s own address: did you mean 2001:db8::/64?',
  ],
  [
    { ipv6: { cidr: "2001:db8::/15" } },
    /^network\.ipv6\.cidr: got .*; must be an IPv6 network with a prefix of 16 to 126 bits/,
  ],
  [{ ipv6: { cidr: "fe80::/64" } }, /^network\.ipv6\.cidr: got .*; must be an IPv6 network/],
  [{ ipv6: {} }, /^network\.ipv6\.cidr: is missing; must be an IPv6 network/],
  [
    { ipv6: { cidr: "2001:db8::/64", gateway: "::1" } },
    /^network\.ipv6\.gateway: got "::1"; must be the IPv6 address of the router/,
  ],
  [{ dnsServers: ["fe80::1"] }, /^network\.dnsServers\[0\]: got "fe80::1"; must be the IP address/],
  [
    { reserved: ["10.1.0.1/30"] },
    /^network\.reserved\[0\]: got "10\.1\.0\.1\/30"; must be an IPv4 address or a range/,
  ],
  [
    { cidr: undefined },
    /^network\.cidr: is missing; must be an IPv4 network .*; or give ipv6, or addresses: dhcp to all pools$/,
  ],
  [{ cidr: undefined, ipv6: null }, /^network\.cidr: is missing/],
])("%j", (keys, line) => {
  const { told } = read({
    ...base,
    network: { ...base.network, ...keys },
    clusters: { web: short },
  });
  expect(told).toEqual([typeof line === "string" ? line : expect.stringMatching(line)]);
});

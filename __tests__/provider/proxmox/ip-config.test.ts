import { ipConfigFaults, parseIpConfig, sameIpConfig } from "../../../provider/proxmox/ip-config";

test("the parts of a value are told apart", () => {
  expect(parseIpConfig("ip=dhcp,ip6=fd00::10/64,gw6=fd00::1")).toEqual({
    ip: "dhcp",
    ip6: "fd00::10/64",
    gw6: "fd00::1",
  });
});

test.each([
  "ip=192.168.1.100/24,gw=192.168.1.1",
  "ip=192.168.1.100/24",
  "ip=dhcp,ip6=auto",
  "ip=manual",
  "ip=10.0.0.0/31,gw=10.0.0.1",
  "ip=10.0.0.7/32",
  "ip=10.255.255.254/8,gw=10.0.0.1",
  "ip6=fd00::100/64,gw6=fd00::",
  "ip6=fd00::100/64,gw6=fe80::1",
  "ip6=2001:db8::/127,gw6=2001:db8::1",
])("%s is good", (text) => {
  expect(ipConfigFaults(text)).toEqual([]);
});

test.each([
  ["ip=192.168.1.100", 'ip is "192.168.1.100", allowed is dhcp, manual or an address with prefix'],
  ["ip=192.168.1.300/24", 'ip is "192.168.1.300/24"'],
  ["ip=192.168.01.3/24", 'ip is "192.168.01.3/24"'],
  ["ip=192.168.1.3/024", 'ip is "192.168.1.3/024"'],
  ["ip=192.168.1.3/33", 'ip is "192.168.1.3/33"'],
  ["ip=192.168.1.3/24/24", 'ip is "192.168.1.3/24/24"'],
  ["ip=192.168.1.3/255.255.255.0", 'ip is "192.168.1.3/255.255.255.0"'],
  ["ip=10.1/24", 'ip is "10.1/24"'],
  ["ip=DHCP", 'ip is "DHCP"'],
  ["ip=192.168.1.10/7", "allowed are prefixes of 8 to 32"],
  ["ip6=fd00::1/7", "allowed are prefixes of 8 to 128"],
  ["ip=192.168.1.0/24", "ip 192.168.1.0/24 is the network's own address, which no guest can have"],
  ["ip=192.168.1.255/24", "is the network's broadcast address"],
  ["ip=10.20.31.255/20", "is the network's broadcast address"],
  ["ip6=fd00::/64", "is the network's own address"],
  ["ip=127.0.0.1/8", "is a loopback address"],
  ["ip=224.0.0.5/24", "is a multicast address"],
  ["ip=255.255.255.255/32", "is the broadcast address"],
  ["ip6=::/128", "is the address that stands for none"],
  ["ip6=ff02::1/64", "is a multicast address"],
  ["ip6=fe80::1%eth0/64", 'ip6 is "fe80::1%eth0/64"'],
  ["ip=dhcp,gw=192.168.1.1", "gw cannot be given with ip=dhcp"],
  ["ip6=auto,gw6=fd00::1", "gw6 cannot be given with ip6=auto"],
  ["gw=192.168.1.1", "gw is given without ip"],
  ["ip=dhcp,gw6=fd00::1", "gw6 is given without ip6"],
  ["ip=192.168.1.100/24,gw=192.168.2.1", "gw 192.168.2.1 is outside the network of ip, 192.168.1.0/24"],
  ["ip=192.168.1.100/24,gw=192.168.1.100", "gw 192.168.1.100 is the address of ip itself"],
  ["ip6=fd00::100/64,gw6=fd00:0::100", "is the address of ip6 itself"],
  ["ip=192.168.1.100/24,gw=192.168.1.255", "gw 192.168.1.255 is the network's broadcast address"],
  ["ip=192.168.1.100/24,gw=192.168.1.0", "gw 192.168.1.0 is the network's own address"],
  ["ip6=fd00::100/64,gw6=fd01::1", "outside the network of ip6, fd00::/64"],
  ["ip=192.168.1.100/24,gw=fd00::1", "which is no IPv4 address"],
  ["ip=192.168.1.100/24,gw=0.0.0.0", "is the address that stands for none"],
  ["ip6=192.168.1.100/24", 'ip6 is "192.168.1.100/24"'],
  ["192.168.1.100/24", "has no key"],
  ["ip=", '"ip" has no value'],
  [" ", "neither ip nor ip6"],
  ["ip=dhcp,mask=24", '"mask" is not one of ip, gw, ip6, gw6'],
])("%s is refused", (text, message) => {
  expect(ipConfigFaults(text)).toEqual([expect.stringContaining(message)]);
});

test("all faults are told at once", () => {
  expect(ipConfigFaults("ip=1.2.3/24,gw=x,ip6=auto,gw6=fd00::1")).toHaveLength(3);
});

test("order does not make a difference", () => {
  expect(sameIpConfig("gw=10.0.0.1,ip=10.0.0.2/24", "ip=10.0.0.2/24,gw=10.0.0.1")).toBe(true);
  expect(sameIpConfig("ip=10.0.0.2/24", "ip=10.0.0.3/24")).toBe(false);
});

test("what Proxmox stores for an empty setting is nothing", () => {
  expect(sameIpConfig(" ", "ip=10.0.0.3/24")).toBe(false);
  expect(parseIpConfig(" ")).toEqual({});
});

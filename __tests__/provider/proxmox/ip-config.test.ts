import { parseIpConfig, sameIpConfig } from "../../../provider/proxmox/ip-config";

test("a static address is told apart from DHCP", () => {
  expect(parseIpConfig("ip=192.168.1.100/24,gw=192.168.1.1").ipv4Address).toBe("192.168.1.100");
  expect(parseIpConfig("ip=dhcp").ipv4Address).toBeUndefined();
  expect(parseIpConfig("ip6=auto").ip).toBeUndefined();
  expect(parseIpConfig("ip=dhcp,ip6=fd00::10/64,gw6=fd00::1").ip).toBe("dhcp");
});

test.each([
  ["ip=192.168.1.100", 'ip is "192.168.1.100", allowed is dhcp, manual or an address with prefix'],
  ["ip=192.168.1.300/24", 'ip is "192.168.1.300/24"'],
  ["ip=192.168.1.10/4", 'ip is "192.168.1.10/4"'],
  ["ip=dhcp,gw=192.168.1.1", "gw cannot be given with ip=dhcp"],
  ["gw=192.168.1.1", "gw is given without ip"],
  ["ip=192.168.1.100/24,gw=192.168.2.1", "gw 192.168.2.1 is outside the network of 192.168.1.100/24"],
  ["ip=192.168.1.100/24,gw=fd00::1", "which is no IPv4 address"],
  ["ip6=192.168.1.100/24", 'ip6 is "192.168.1.100/24"'],
  ["192.168.1.100/24", "has no key"],
  ["ip=dhcp,mask=24", '"mask" is not one of ip, gw, ip6, gw6'],
])("%s is refused", (text, message) => {
  expect(() => parseIpConfig(text)).toThrow(message);
});

test("order does not make a difference", () => {
  expect(sameIpConfig("gw=10.0.0.1,ip=10.0.0.2/24", "ip=10.0.0.2/24,gw=10.0.0.1")).toBe(true);
  expect(sameIpConfig("ip=10.0.0.2/24", "ip=10.0.0.3/24")).toBe(false);
});

import {
  parseNetworkDevice,
  printNetworkDevice,
  sameNetworkDevice,
} from "../../../provider/proxmox/network-device";

describe("a network card", () => {
  test("keeps its MAC address through parsing and printing", () => {
    const stored = "virtio=BC:24:11:AA:BB:CC,bridge=vmbr0,tag=14";
    expect(printNetworkDevice(parseNetworkDevice(stored))).toBe(stored);
  });

  test.each([
    ["virtio,bridge=vmbr0,tag=14", "virtio=BC:24:11:AA:BB:CC,bridge=vmbr0,tag=14"],
    ["virtio,tag=14,bridge=vmbr0", "bridge=vmbr0,model=virtio,tag=14"],
    ["virtio,bridge=vmbr0,firewall=0", "virtio,bridge=vmbr0"],
    ["virtio=bc:24:11:aa:bb:cc,bridge=vmbr0", "virtio,bridge=vmbr0,macaddr=BC:24:11:AA:BB:CC"],
    ["virtio,bridge=vmbr0,firewall=on", "virtio,bridge=vmbr0,firewall=1"],
  ])("configured as %s is what the VM has as %s", (configured, actual) => {
    expect(sameNetworkDevice(parseNetworkDevice(actual), parseNetworkDevice(configured))).toBe(true);
  });

  test.each([
    ["virtio,bridge=vmbr0,tag=14", "virtio=BC:24:11:AA:BB:CC,bridge=vmbr0,tag=15"],
    ["virtio,bridge=vmbr0", "virtio=BC:24:11:AA:BB:CC,bridge=vmbr0,firewall=1"],
    ["virtio=BC:24:11:00:00:01,bridge=vmbr0", "virtio=BC:24:11:AA:BB:CC,bridge=vmbr0"],
    ["virtio,bridge=vmbr0", "e1000=BC:24:11:AA:BB:CC,bridge=vmbr0"],
  ])("configured as %s is not what the VM has as %s", (configured, actual) => {
    expect(sameNetworkDevice(parseNetworkDevice(actual), parseNetworkDevice(configured))).toBe(false);
  });

  test.each([
    ["virtio,bridge=vmbr0,tag=0", "tag is 0, allowed is 1 to 4094; leave tag out for a card without VLAN"],
    ["virtio,bridge=vmbr0,tag=4095", "tag is 4095"],
    ["virtoi,bridge=vmbr0", '"virtoi" is no network card model'],
    ["bridge=vmbr0", "has no card model"],
    ["virtio=01:00:5E:00:00:01,bridge=vmbr0", "is no unicast address"],
    ["virtio,e1000,bridge=vmbr0", "has two models"],
    ["virtio,bridge=vmbr0,bridge=vmbr1", '"bridge" is given twice'],
    ["virtio,bridge=", '"bridge" has no value'],
  ])("%s is refused", (text, message) => {
    expect(() => parseNetworkDevice(text)).toThrow(message);
  });

  test("all faults are told at once", () => {
    expect(() => parseNetworkDevice("virtio,tag=5000,mtu=70000")).toThrow(/tag is 5000.*mtu is 70000/);
  });
});

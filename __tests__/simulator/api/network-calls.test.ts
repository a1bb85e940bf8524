import { TestSimulator } from "../client";

const NETWORK = "/nodes/pve1/network";

let api: TestSimulator;
beforeEach(async () => {
  api = await TestSimulator.start({
    nodes: ["pve1", "pve2"],
    bridges: ["vmbr0", "vmbr1"],
    bridgesWithoutPort: ["vmbr1"],
  });
});
afterEach(() => api.close());

interface Row {
  readonly iface: string;
  readonly active?: number;
}
const rows = (parameters = {}): Promise<Row[]> => api.data<Row[]>("GET", NETWORK, parameters);
const names = async (parameters = {}): Promise<string[]> =>
  (await rows(parameters)).map(({ iface }) => iface);
const add = async (parameters: Record<string, string>): Promise<unknown> => {
  const { status, body } = await api.call("POST", NETWORK, parameters);
  return status === 200 ? "OK" : (body?.errors ?? body?.message);
};
const BRIDGE = { iface: "vmbr5", type: "bridge", cidr: "10.0.0.1/24", autostart: "1" };

test("every host starts with its bridges, the first with its address", async () => {
  expect(await rows()).toEqual([
    expect.objectContaining({ iface: "eno1", type: "eth", priority: 3, exists: 1, active: 1 }),
    {
      iface: "vmbr0",
      type: "bridge",
      priority: 4,
      active: 1,
      autostart: 1,
      address: "192.0.2.1",
      netmask: "24",
      cidr: "192.0.2.1/24",
      bridge_fd: "0",
      bridge_ports: "eno1",
      bridge_stp: "off",
      families: ["inet"],
      method: "static",
      method6: "manual",
    },
    expect.objectContaining({ iface: "vmbr1", method: "manual", bridge_ports: "", active: 1 }),
  ]);
  expect(await names({ type: "any_bridge" })).toEqual(["vmbr0", "vmbr1"]);
  expect(await names({ type: "bond" })).toEqual([]);
});

test("a new bridge waits for the reload, and VMs with it", async () => {
  await api.clone(401);
  await api.data("PUT", "/nodes/pve1/qemu/401/config", { net0: "virtio,bridge=vmbr5" });
  const start = (): Promise<string> => api.task("POST", "/nodes/pve1/qemu/401/status/start");
  expect(await add(BRIDGE)).toBe("OK");
  const waiting = (await rows()).find(({ iface }) => iface === "vmbr5");
  expect(waiting).toMatchObject({ address: "10.0.0.1", netmask: "24", method: "static" });
  expect(waiting).not.toHaveProperty("active");
  expect(await start()).toBe("start failed: QEMU exited with code 1");
  const upid = await api.data<string>("PUT", NETWORK);
  expect(upid).toContain(":srvreload:networking:");
  expect(await api.outcome(upid)).toBe("OK");
  expect((await rows()).find(({ iface }) => iface === "vmbr5")).toHaveProperty("active", 1);
  expect(await start()).toBe("OK");
  expect(await api.data<Row[]>("GET", "/nodes/pve2/network")).toHaveLength(3);
});

test("what waits can be dropped", async () => {
  await add(BRIDGE);
  await api.data("DELETE", NETWORK);
  expect(await names()).toEqual(["eno1", "vmbr0", "vmbr1"]);
});

test("reads masks of both ways of writing", async () => {
  await add({ iface: "vmbr6", type: "bridge", address: "10.1.0.1", netmask: "255.255.252.0" });
  await add({ iface: "vmbr7", type: "bridge", address6: "fd00::1", netmask6: "64" });
  expect(await rows()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ iface: "vmbr6", cidr: "10.1.0.1/22", netmask: "22" }),
      expect.objectContaining({
        iface: "vmbr7",
        cidr6: "fd00::1/64",
        families: ["inet6"],
        method6: "static",
      }),
    ]),
  );
});

test.each([
  [{ iface: "vmbr0", type: "bridge" }, { iface: "interface already exists" }],
  [{ ...BRIDGE, address: "10.0.0.2", netmask: "255.255.255.0" }, { address: "address conflicts with cidr" }],
  [
    { iface: "ovs0", type: "OVSBridge" },
    "Open VSwitch is not installed (need package 'openvswitch-switch')\n",
  ],
  [{ ...BRIDGE, iface: "v" }, { iface: "invalid format - invalid network interface name 'v'\n" }],
  [{ ...BRIDGE, bridge_vids: "10-5" }, expect.anything() as unknown],
  [{ ...BRIDGE, netmask: "255.0.255.0" }, expect.anything() as unknown],
])("refuses %p", async (parameters, errors) => {
  expect(await add(parameters)).toEqual(errors);
  expect(await names()).toHaveLength(3);
});

test("there is one default gateway", async () => {
  await add({ ...BRIDGE, gateway: "10.0.0.254" });
  const second = { iface: "vmbr6", type: "bridge", cidr: "10.1.0.1/24", gateway: "10.1.0.254" };
  expect(await add(second)).toEqual({ gateway: "Default gateway already exists on interface 'vmbr5'." });
});

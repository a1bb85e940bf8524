import { TestSimulator } from "../client";

let api: TestSimulator;
beforeEach(async () => {
  // The first node is the one that answers; the other is the one that goes.
  api = await TestSimulator.start({ nodes: ["pve1", "pve2"] });
  for (const vmid of ["401", "402"]) {
    const onboot = vmid === "401" ? "1" : "0";
    expect(await api.task("POST", "/nodes/pve2/qemu", { vmid, onboot })).toBe("OK");
    expect(await api.task("POST", `/nodes/pve2/qemu/${vmid}/status/start`)).toBe("OK");
  }
});
afterEach(() => api.close());

const isOnline = async (): Promise<boolean> => {
  const nodes = await api.data<{ node: string; status: string }[]>("GET", "/nodes");
  return nodes.find(({ node }) => node === "pve2")?.status === "online";
};
const running = (): number[] =>
  api.simulator
    .vms()
    .filter(({ status }) => status === "running")
    .map(({ vmid }) => vmid);

test("a host that reboots takes its VMs down, and starts those that are to start with it", async () => {
  await api.data("POST", "/nodes/pve2/status", { command: "reboot" });
  while (await isOnline());
  expect(running()).toEqual([]);
  while (!(await isOnline()));
  const start = api.simulator.tasks().find(({ type, user }) => type === "qmstart" && user === "root@pam");
  expect(await api.outcome(start?.upid ?? "")).toBe("OK");
  expect(running()).toEqual([401]);
});

test("a host that is shut down stays down", async () => {
  await api.data("POST", "/nodes/pve2/status", { command: "shutdown" });
  while (await isOnline());
  expect(running()).toEqual([]);
  const reply = await api.call("GET", "/nodes/pve2/qemu/401/config");
  expect(reply.status).toBe(595);
});

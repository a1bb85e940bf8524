import { TestSimulator } from "../client";

const VM = "/nodes/pve1/qemu/401";

describe("power", () => {
  let api: TestSimulator;
  beforeEach(async () => {
    api = await TestSimulator.start();
    await api.clone(401);
  });
  afterEach(() => api.close());

  const power = (verb: string, parameters = {}): Promise<string> =>
    api.task("POST", `${VM}/status/${verb}`, parameters);
  const status = async (): Promise<unknown> => (await api.data("GET", `${VM}/status/current`)).status;

  const running = async (): Promise<void> => {
    while ((await status()) !== "running");
  };

  test("starts, shuts down, reboots and stops", async () => {
    expect(await power("start")).toBe("OK");
    expect(await status()).toBe("running");
    expect(await power("start")).toBe("VM 401 already running");
    expect(await power("reboot")).toBe("OK");
    await running();
    expect(await power("shutdown")).toBe("OK");
    expect(await status()).toBe("stopped");
    expect(await power("shutdown")).toBe("OK");
    expect(await power("stop")).toBe("OK");
  });

  test.each(["reboot", "reset", "suspend", "resume"])("has nothing to %s in a stopped VM", async (verb) => {
    const reply = await api.call("POST", `${VM}/status/${verb}`);
    expect([reply.status, reply.reason]).toEqual([500, "VM 401 not running"]);
  });

  test("pauses and resumes, and shuts nothing down while paused", async () => {
    await power("start");
    expect(await power("suspend")).toBe("OK");
    expect(await api.data("GET", `${VM}/status/current`)).toMatchObject({
      status: "running",
      qmpstatus: "paused",
    });
    const reply = await api.call("POST", `${VM}/status/shutdown`);
    expect(reply.reason).toBe("VM is paused - cannot shutdown");
    expect(await power("resume")).toBe("OK");
    expect(await power("shutdown")).toBe("OK");
  });

  test("applies what waited at a reboot", async () => {
    await power("start");
    await api.data("PUT", `${VM}/config`, { cores: "4" });
    await power("reboot");
    expect(await api.config(401, { current: "1" })).toMatchObject({ cores: 4 });
  });

  test("does not start a template, nor a VM that is not there", async () => {
    expect(await api.task("POST", "/nodes/pve1/qemu/400/status/start")).toBe(
      "you can't start a vm if it's a template",
    );
    expect(await api.task("POST", "/nodes/pve1/qemu/999/status/start")).toBe(
      "Configuration file 'nodes/pve1/qemu-server/999.conf' does not exist",
    );
  });

  test("does not start on a bridge that is not there, nor with more processors than there are", async () => {
    await api.data("PUT", `${VM}/config`, { net0: "virtio,bridge=vmbr9" });
    expect(await power("start")).toBe("start failed: QEMU exited with code 1");
    await api.data("PUT", `${VM}/config`, { net0: "virtio,bridge=vmbr0", cores: "65" });
    expect(await power("start")).toBe("MAX 64 vcpus allowed per VM on this node");
    expect(await status()).toBe("stopped");
  });

  test("cannot shut down a guest without a system, unless forced", async () => {
    await api.data("PUT", `${VM}/config`, { scsi0: "local-vm-zfs:20" });
    await power("start");
    expect(await power("shutdown", { timeout: "5" })).toBe("VM quit/powerdown failed - got timeout");
    expect(await status()).toBe("running");
    expect(await power("shutdown", { timeout: "5", forceStop: "1" })).toBe("OK");
    expect(await status()).toBe("stopped");
  });

  test("holds the VM's lock while a guest does not shut down; a stop can overrule that", async () => {
    await api.data("PUT", `${VM}/config`, { scsi0: "local-vm-zfs:20" });
    await power("start");
    const shutdown = await api.data<string>("POST", `${VM}/status/shutdown`, { timeout: "10000000" });
    expect(await power("stop")).toBe("can't lock file '/var/lock/qemu-server/lock-401.conf' - got timeout");
    const put = await api.call("PUT", `${VM}/config`, { cores: "1" });
    expect(put.reason).toBe("can't lock file '/var/lock/qemu-server/lock-401.conf' - got timeout");
    expect(await power("stop", { "overrule-shutdown": "1" })).toBe("OK");
    expect(await api.outcome(shutdown)).toBe("received interrupt");
  });

  test("leaves some parameters to root", async () => {
    const reply = await api.call("POST", `${VM}/status/start`, { skiplock: "1" });
    expect(reply.body?.errors).toEqual({ skiplock: "Only root may use this option." });
  });
});

test("a VM that reboots is started again by its host, after the reboot's task has ended", async () => {
  // The start takes long enough for calls to meet the VM before it.
  const api = await TestSimulator.start({ profile: { startSeconds: 400 } });
  await api.clone(401);
  await api.task("POST", `${VM}/status/start`);
  const current = () => api.data<{ status: string; pid?: number }>("GET", `${VM}/status/current`);
  const { pid } = await current();
  expect(await api.task("POST", `${VM}/status/reboot`)).toBe("OK");
  expect(await current()).toMatchObject({ status: "stopped" });
  expect((await api.call("POST", `${VM}/agent/ping`)).reason).toBe("VM 401 is not running");
  while ((await current()).status !== "running");
  expect((await current()).pid).not.toBe(pid);
  const tasks = await api.data<unknown[]>("GET", "/nodes/pve1/tasks", { vmid: "401", typefilter: "qmstart" });
  expect(tasks).toContainEqual(expect.objectContaining({ user: "root@pam" }));
  await api.close();
});

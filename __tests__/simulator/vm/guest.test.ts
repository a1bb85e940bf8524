import { TestSimulator } from "../client";

const VM = "/nodes/pve1/qemu/401";

interface Interface {
  readonly name: string;
  readonly "hardware-address": string;
  readonly "ip-addresses": readonly { "ip-address": string; "ip-address-type": string; prefix: number }[];
}

describe("the guest agent", () => {
  let api: TestSimulator;
  beforeEach(async () => {
    api = await TestSimulator.start();
    await api.clone(401, { name: "web.example.com" });
  });
  afterEach(() => api.close());

  const boot = async (config: Record<string, string>): Promise<void> => {
    await api.data("PUT", `${VM}/config`, config);
    expect(await api.task("POST", `${VM}/status/start`)).toBe("OK");
  };
  const interfaces = async (): Promise<readonly Interface[]> => {
    for (;;) {
      const reply = await api.call("GET", `${VM}/agent/network-get-interfaces`);
      if (reply.status === 200) return (reply.body?.data as { result: Interface[] }).result;
      expect(reply.reason).toBe("QEMU guest agent is not running");
    }
  };
  const ipv4 = async (): Promise<unknown[]> =>
    (await interfaces()).flatMap((each) =>
      each["ip-addresses"]
        .filter((a) => a["ip-address-type"] === "ipv4")
        .map((a) => `${each.name} ${a["ip-address"]}/${a.prefix}`),
    );

  test("reports the address that cloud-init was given, and the address of the device", async () => {
    await boot({ ipconfig0: "ip=192.168.1.100/24,gw=192.168.1.1" });
    expect(await ipv4()).toEqual(["lo 127.0.0.1/8", "eth0 192.168.1.100/24"]);
    const eth0 = (await interfaces()).find(({ name }) => name === "eth0");
    const mac = /virtio=([^,]+)/.exec(String((await api.config(401)).net0))?.[1];
    expect(eth0?.["hardware-address"]).toBe(mac?.toLowerCase());
    expect(await api.data("GET", `${VM}/agent/get-host-name`)).toEqual({ result: { "host-name": "web" } });
    expect(await api.data("POST", `${VM}/agent/ping`)).toEqual({ result: {} });
  });

  test("reports an address of its own choice with DHCP, and none with a gateway beside it", async () => {
    await boot({ ipconfig0: "ip=dhcp" });
    expect(await ipv4()).toEqual(["lo 127.0.0.1/8", expect.stringMatching(/^eth0 192\.0\.2\.\d+\/24$/)]);
    await api.task("POST", `${VM}/status/stop`);
    await boot({ ipconfig0: "ip=dhcp,gw=192.168.1.1" });
    expect(await ipv4()).toEqual(["lo 127.0.0.1/8"]);
  });

  test("runs commands, whose outcome can be fetched once", async () => {
    await boot({ agent: "1" });
    await interfaces();
    const run = async (body: string): Promise<number> => {
      const headers = { "Content-Type": "application/x-www-form-urlencoded" };
      const reply = await api.raw("POST", `/api2/json${VM}/agent/exec`, { headers, body });
      return (reply.body?.data as { pid: number }).pid;
    };
    const status = (pid: number): Promise<unknown> =>
      api.data("GET", `${VM}/agent/exec-status`, { pid: String(pid) });
    expect(await status(await run("command=hostname"))).toEqual({
      exited: 1,
      exitcode: 0,
      "out-data": "web\n",
    });
    expect(await status(await run("command=/bin/echo&command=a&command=b%20c"))).toMatchObject({
      "out-data": "a b c\n",
    });
    expect(await status(await run("command=cat&input-data=given"))).toMatchObject({ "out-data": "given" });
    const pid = await run("command=false");
    expect(await status(pid)).toEqual({ exited: 1, exitcode: 1 });
    const again = await api.call("GET", `${VM}/agent/exec-status`, { pid: String(pid) });
    expect(again.reason).toBe("Agent error: Invalid parameter 'pid'");
    const unknown = await api.call("POST", `${VM}/agent/exec`, { command: "nosuch" });
    expect(unknown.body?.message).toContain("Failed to execute child process “nosuch”");
  });

  test("answers the generic call, and says which commands it does not know", async () => {
    await boot({ agent: "1" });
    await interfaces();
    const ask = (command: string): Promise<unknown> => api.data("POST", `${VM}/agent`, { command });
    expect(await ask("get-host-name")).toEqual({ result: { "host-name": "web" } });
    const desc = "The command guest-get-fsinfo has not been found";
    expect(await ask("get-fsinfo")).toEqual({ result: { error: { class: "CommandNotFound", desc } } });
    const index = await api.data<unknown[]>("GET", `${VM}/agent`, { anything: "goes" });
    expect(index).toContainEqual({ name: "exec" });
  });

  test("reports every card, with the IPv6 addresses that it was given or found", async () => {
    await boot({
      ipconfig0: "ip6=fd00::100/64",
      net1: "virtio,bridge=vmbr0",
      ipconfig1: "ip=dhcp,ip6=auto",
    });
    const addresses = (await interfaces()).map(({ name, "ip-addresses": found }) => [
      name,
      ...found.map((a) => a["ip-address"]).filter((address) => !address.startsWith("fe80:")),
    ]);
    expect(addresses).toEqual([
      ["lo", "127.0.0.1", "::1"],
      ["eth0", "fd00::100"],
      ["eth1", expect.stringMatching(/^198\.51\.100\.\d+$/), expect.stringMatching(/^2001:db8:1::/)],
    ]);
  });

  test("goes on with the address it was started with", async () => {
    await boot({ ipconfig0: "ip=192.168.1.100/24" });
    await api.data("PUT", `${VM}/config`, { ipconfig0: "ip=192.168.1.101/24" });
    expect(await ipv4()).toContain("eth0 192.168.1.100/24");
    await api.task("POST", `${VM}/status/reboot`);
    while ((await api.data("GET", `${VM}/status/current`)).status !== "running");
    expect(await ipv4()).toContain("eth0 192.168.1.101/24");
  });

  test("is asked for in vain while the VM is stopped or has none configured", async () => {
    const stopped = await api.call("POST", `${VM}/agent/ping`);
    expect(stopped.reason).toBe("VM 401 is not running");
    await boot({ delete: "agent" });
    const none = await api.call("POST", `${VM}/agent/ping`);
    expect(none.reason).toBe("No QEMU guest agent configured");
  });
});

test("a guest agent answers a call that began before it came up", async () => {
  // A call that had to wait its whole limit would not be answered within the test's.
  const api = await TestSimulator.start({ profile: { bootSeconds: 100, agentTimeoutSeconds: 1_000_000 } });
  await api.clone(401);
  expect(await api.task("POST", `${VM}/status/start`)).toBe("OK");
  expect(await api.data("POST", `${VM}/agent/ping`)).toEqual({ result: {} });
  await api.close();
});

describe("a guest agent that never answers", () => {
  const silent = async (api: TestSimulator): Promise<void> => {
    expect(await api.task("POST", `${VM}/status/start`)).toBe("OK");
    // Far beyond the time that a boot takes: each call waits its whole limit of 3 simulated seconds.
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const reply = await api.call("POST", `${VM}/agent/ping`);
      expect([reply.status, reply.reason]).toEqual([500, "QEMU guest agent is not running"]);
    }
    expect(api.simulator.vms().find(({ vmid }) => vmid === 401)?.isAgentUp).toBe(false);
    await api.close();
  };

  test("because the boot disk is empty", async () => {
    const api = await TestSimulator.start();
    await api.clone(401);
    await api.data("PUT", `${VM}/config`, { scsi0: "local-vm-zfs:20" });
    await silent(api);
  });

  test("because the template has none installed", async () => {
    const template = { vmid: 400, name: "bare", storage: "local-vm-zfs", agent: false };
    const api = await TestSimulator.start({ templates: [template] });
    await api.clone(401);
    await api.data("PUT", `${VM}/config`, { agent: "1" });
    await silent(api);
  });

  test("because it is switched off", async () => {
    const api = await TestSimulator.start();
    await api.clone(401);
    await api.data("PUT", `${VM}/config`, { agent: "0" });
    await silent(api);
  });
});

import { PveClient, type Result } from "@corsinvest/cv4pve-api-javascript";
import { type Simulator, startSimulator } from "../../simulator";

const USER = "terraform@pve";
const PASSWORD = "let me in";

/** What a call that went well answered. */
async function data<T>(call: Promise<Result>): Promise<T> {
  const result = await call;
  if (result.statusCode !== 200) throw new Error(`${result.statusCode} ${result.reasonPhrase}`);
  return (result.response as unknown as { data: T }).data;
}

/** A client generated from the API of Proxmox VE and written elsewhere: what it does with our answers is not ours to bend. */
describe("a client that was not written for this project", () => {
  let simulator: Simulator;
  let client: PveClient;
  beforeAll(async () => {
    simulator = await startSimulator({ speed: 1000, access: { passwords: { [USER]: PASSWORD } } });
  });
  beforeEach(() => {
    client = new PveClient("127.0.0.1", simulator.port);
  });
  afterAll(() => simulator.close());

  const finish = async (call: Promise<Result>): Promise<string> => {
    const upid = await data<string>(call);
    expect(await client.waitForTaskToFinish(upid, 5, 10_000)).toBe(true);
    return await client.getExitStatusTask(upid);
  };

  const addressesOf = async (vm: string): Promise<string[]> => {
    for (;;) {
      const reply = await client.get(`${vm}/agent/network-get-interfaces`);
      if (reply.statusCode !== 200) continue;
      const { data: answer } = reply.response as unknown as {
        data: { result: { "ip-addresses": { "ip-address": string }[] }[] };
      };
      return answer.result.flatMap((card) => card["ip-addresses"].map((each) => each["ip-address"]));
    }
  };

  const takeVmThroughItsLife = async (): Promise<void> => {
    const vmid = Number(await data<string>(client.get("/cluster/nextid")));
    const vm = `/nodes/pve1/qemu/${vmid}`;
    const settings = { cores: 4, memory: "4096", ipconfig0: "ip=192.168.1.50/24" };
    const clone = { newid: vmid, name: "web-1", full: true };
    expect(await finish(client.create("/nodes/pve1/qemu/400/clone", clone))).toBe("OK");
    await data(client.set(`${vm}/config`, { ...settings, onboot: true }));
    expect(await finish(client.set(`${vm}/resize`, { disk: "scsi0", size: "10G" }))).toBe("OK");
    expect(await finish(client.create(`${vm}/status/start`))).toBe("OK");
    expect(await addressesOf(vm)).toContain("192.168.1.50");
    expect(await finish(client.create(`${vm}/snapshot`, { snapname: "before", vmstate: true }))).toBe("OK");
    await data(client.set(`${vm}/config`, { tags: "after" }));
    expect(await finish(client.create(`${vm}/snapshot/before/rollback`))).toBe("OK");
    const config = await data<Record<string, unknown>>(client.get(`${vm}/config`));
    expect(config).toMatchObject({ ...settings, onboot: 1 });
    expect(config).not.toHaveProperty("tags");
    expect(await finish(client.delete(`${vm}/snapshot/before`))).toBe("OK");
    expect(await finish(client.create(`${vm}/status/stop`))).toBe("OK");
    expect(await finish(client.delete(vm, { purge: true }))).toBe("OK");
    expect((await client.get(`${vm}/config`)).reasonPhrase).toContain("does not exist");
  };

  test("takes a VM through its whole life with a token", async () => {
    const { user, tokenId, secret } = simulator.token;
    client.apiToken = `${user}!${tokenId}=${secret}`;
    await takeVmThroughItsLife();
  });

  test("takes a VM through its whole life with a password", async () => {
    const [name = "", realm = ""] = USER.split("@");
    expect(await client.login(name, PASSWORD, realm, "")).toBe(true);
    await takeVmThroughItsLife();
  });

  test("makes a VM from nothing, and shows what a refusal says", async () => {
    const { user, tokenId, secret } = simulator.token;
    client.apiToken = `${user}!${tokenId}=${secret}`;
    const disk = { scsi0: "local-vm-zfs:4", net0: "virtio,bridge=vmbr0" };
    expect(await finish(client.create("/nodes/pve1/qemu", { vmid: 500, memory: "512", ...disk }))).toBe("OK");
    const refused = await client.set("/nodes/pve1/qemu/500/config", { cores: "many" });
    expect(refused.responseInError).toBe(true);
    expect(refused.response).toMatchObject({
      errors: { cores: expect.stringContaining("'many'") as string },
    });
    expect(await finish(client.delete("/nodes/pve1/qemu/500"))).toBe("OK");
  });
});

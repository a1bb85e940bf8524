import { request } from "node:https";
import { connect } from "node:tls";
import { type Simulator, startSimulator } from "../../../simulator";
import { TestSimulator } from "../client";
import { SECRET } from "../replay/recorded-world";
import { ReplayedServer } from "../replay/replayed-server";
import { formRequest } from "../replay/requests";

test("is found at its URL by a caller who trusts its CA, and by no other", async () => {
  const simulator = await startSimulator();
  const get = (ca: string | undefined): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const headers = { Authorization: simulator.authorization };
      request(`${simulator.url}/api2/json/version`, { ca, headers }, (reply) => {
        reply.resume();
        resolve(reply.statusCode);
      })
        .on("error", reject)
        .end();
    });
  expect(simulator.url).toBe(`https://127.0.0.1:${simulator.port}`);
  await expect(get(simulator.caCertificatePem)).resolves.toBe(200);
  await expect(get(undefined)).rejects.toThrow(/certificate/);
  await simulator.close();
});

test("has a certificate for the loopback addresses, signed by its CA", async () => {
  const { port, caCertificatePem, close }: Simulator = await startSimulator();
  const names = await new Promise<string | undefined>((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", ca: caCertificatePem, servername: "localhost" }, () => {
      resolve(socket.getPeerCertificate().subjectaltname);
      socket.destroy();
    }).on("error", reject);
  });
  expect(names).toBe("DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1");
  await close();
});

test("makes a token of its own unless it is given one", async () => {
  const secret = "0f5d6c1e-6a3b-4a55-9b1c-1c2d3e4f5a6b";
  const [one, other] = await Promise.all([startSimulator(), startSimulator({ token: { secret } })]);
  expect(one.token).toMatchObject({ user: "terraform@pve", tokenId: "provider" });
  expect(one.token.secret).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  expect(other.authorization).toBe(`PVEAPIToken=terraform@pve!provider=${secret}`);
  await Promise.all([one.close(), other.close()]);
});

test("starts with the reference template", async () => {
  const api = await TestSimulator.start();
  expect(api.simulator.vms()).toMatchObject([
    { vmid: 400, node: "pve1", name: "ubuntu-22.04-template", status: "stopped", isTemplate: true },
  ]);
  expect(await api.config(400)).toMatchObject({
    agent: "1",
    boot: "order=scsi0",
    ide2: "local-vm-zfs:vm-400-cloudinit,media=cdrom",
    net0: expect.stringMatching(/^virtio=.*,bridge=vmbr0$/) as string,
    scsi0: "local-vm-zfs:base-400-disk-0,discard=on,iothread=1,size=2252M,ssd=1",
    serial0: "socket",
    template: 1,
  });
  await api.close();
});

test("tells from outside what happened, when, and by whose request", async () => {
  const seen: string[] = [];
  const api = await TestSimulator.start({
    onRequest: ({ method, status }) => seen.push(`${method} ${status}`),
  });
  await api.clone(401);
  await api.task("POST", "/nodes/pve1/qemu/401/status/start");
  await api.call("GET", "/nodes/pve1/qemu/999/config");
  const [clone, start] = api.simulator.tasks();
  expect(clone).toMatchObject({
    type: "qmclone",
    vmid: 400,
    user: "terraform@pve!provider",
    exitStatus: "OK",
  });
  expect(start).toMatchObject({ type: "qmstart", vmid: 401, exitStatus: "OK" });
  expect(clone?.endMs).toBeGreaterThan(clone?.startMs ?? NaN);
  expect(start?.startMs).toBeGreaterThan(clone?.endMs ?? NaN);
  expect(Math.abs((start?.endMs ?? 0) - Date.now())).toBeLessThan(60_000);
  const requests = api.simulator.requests();
  expect(api.simulator.requestCount()).toBe(requests.length);
  expect(requests.at(-1)).toMatchObject({
    method: "GET",
    path: "/api2/json/nodes/pve1/qemu/999/config",
    status: 500,
  });
  expect(seen).toHaveLength(requests.length);
  await api.close();
});

test("makes a VM in the time of the reference, 20 to 30 seconds", async () => {
  const token = { user: "root@pam", tokenId: "full", secret: SECRET };
  const server = await ReplayedServer.start({ token });
  const send = (...call: Parameters<typeof formRequest>): ReturnType<typeof server.send> =>
    server.send(formRequest(...call));
  const run = async (...call: Parameters<typeof formRequest>): Promise<void> => {
    const { data } = (await send(...call)).body as { data: string };
    expect(await server.outcome(data)).toBe("OK");
  };
  const vm = "/nodes/pve1/qemu/401";
  await run("POST", "/nodes/pve1/qemu/400/clone", { newid: 401, full: 1 });
  await send("PUT", `${vm}/config`, { ipconfig0: "ip=192.168.1.100/24", memory: 8192 });
  await run("PUT", `${vm}/resize`, { disk: "scsi0", size: "20G" });
  await run("POST", `${vm}/status/start`);
  while ((await send("POST", `${vm}/agent/ping`)).status !== 200);
  const seconds = server.simulator.time.now();
  await server.close();
  expect(seconds).toBeGreaterThan(20);
  expect(seconds).toBeLessThan(30);
});

test("can be closed in the middle of things, and its port taken again", async () => {
  const first = await TestSimulator.start({ speed: 1 });
  await first.data("POST", "/nodes/pve1/qemu/400/clone", { newid: "401", full: "1" });
  const cutOff = first.raw("GET", "/api2/json/version", { authorization: null });
  const outcome = expect(cutOff).rejects.toThrow();
  while (first.simulator.tasks()[0]?.log.length === 0) await first.call("GET", "/version");
  await first.close();
  await outcome;
  const second = await startSimulator({ port: first.simulator.port });
  expect(second.port).toBe(first.simulator.port);
  await second.close();
});

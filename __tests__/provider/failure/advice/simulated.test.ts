import { ApiClient, type Parameters } from "../../../../provider/proxmox/api-client";
import { waitForTask } from "../../../../provider/proxmox/tasks";
import { deadlineIn } from "../../../../provider/proxmox/waiting";
import { failureDiagnostic } from "../../../../provider/failure/failure";
import { client, context, GOLDEN, simulator } from "../../../support/simulated-qemu";

/** Template and VMs of one test are made in order, for all tests to break upon. */
const [STOPPED, RUNNING] = [480, 481];
const GOLDEN_PATH = `/nodes/pve1/qemu/${GOLDEN}`;

beforeAll(async () => {
  for (const newid of [STOPPED, RUNNING]) {
    await finish(client.post(`${GOLDEN_PATH}/clone`, { newid, full: true }));
  }
  await finish(client.post(`/nodes/pve1/qemu/${RUNNING}/status/start`));
});

async function finish(call: Promise<string>): Promise<void> {
  await waitForTask(client, await call, deadlineIn(60, new AbortController().signal), context().logger);
}

/** What is told when something fails, at once or as a task. */
async function told(call: Promise<string | null>): Promise<string> {
  try {
    const upid = await call;
    if (upid !== null) await finish(Promise.resolve(upid));
  } catch (error) {
    return failureDiagnostic("do it", error, client.tokenId).detail;
  }
  throw new Error("it did not fail");
}

function clone(parameters: Parameters): () => Promise<string> {
  return () => client.post(`${GOLDEN_PATH}/clone`, { newid: 499, full: true, ...parameters });
}

function change(vmid: number, parameters: Parameters): () => Promise<null> {
  return () => client.put(`/nodes/pve1/qemu/${vmid}/config`, parameters);
}

test.each<[string, () => Promise<string | null>]>([
  [`VM id ${STOPPED} is taken on node pve1`, clone({ newid: STOPPED })],
  ['There is no storage "nope"', clone({ storage: "nope" })],
  ["on shared storage", clone({ target: "pve2" })],
  ['Proxmox has no node "pve9"', clone({ target: "pve9" })],
  ['Make the pool "nope" first', clone({ pool: "nope" })],
  ["correct clone or node", () => client.post("/nodes/pve1/qemu/9000/clone", { newid: 499 })],
  ["VM 9000 is not on node pve1", () => client.get("/nodes/pve1/qemu/9000/config")],
  ['Proxmox has no node "pve9"', () => client.get("/nodes/pve9/qemu/400/config")],
  [`VM ${GOLDEN} was turned into a template`, () => client.post(`${GOLDEN_PATH}/status/start`)],
  ["nothing was written over it", change(STOPPED, { cores: 2, digest: "0".repeat(40) })],
  ["Correct the attribute of that name", change(STOPPED, { cores: 0 })],
  ["ssh-keygen -l", change(STOPPED, { sshkeys: "ssh-rsa%20AAAA" })],
  ["no API token set args", change(STOPPED, { args: "-S" })],
  [`VM ${STOPPED} was stopped meanwhile`, () => client.post(`/nodes/pve1/qemu/${STOPPED}/status/reboot`)],
  [
    `a disk of VM ${STOPPED} is larger than is asked for`,
    () => client.put(`/nodes/pve1/qemu/${STOPPED}/resize`, { disk: "scsi0", size: "1M" }),
  ],
  [
    `VM ${STOPPED} has no disk at scsi5`,
    () => client.put(`/nodes/pve1/qemu/${STOPPED}/resize`, { disk: "scsi5", size: "1G" }),
  ],
  ["Nothing is wrong with it", () => client.post(`/nodes/pve1/qemu/${RUNNING}/status/start`)],
  ["was started between its stop and its removal", () => client.delete(`/nodes/pve1/qemu/${RUNNING}`)],
])("%s", async (text, attempt) => {
  expect((await told(attempt())).toLowerCase()).toContain(text.toLowerCase());
});

test("a protected VM", async () => {
  await client.put(`/nodes/pve1/qemu/${STOPPED}/config`, { protection: true });
  const detail = await told(client.delete(`/nodes/pve1/qemu/${STOPPED}`));
  expect(detail).toContain(`qm set ${STOPPED} --protection 0`);
  await client.put(`/nodes/pve1/qemu/${STOPPED}/config`, { protection: false });
});

test("a bridge that is not there, which shows when the VM starts", async () => {
  await client.put(`/nodes/pve1/qemu/${STOPPED}/config`, { net0: "virtio,bridge=vmbr9" });
  expect(await told(client.post(`/nodes/pve1/qemu/${STOPPED}/status/start`))).toContain('no bridge "vmbr9"');
});

test("a token with a wrong secret", async () => {
  const stranger = new ApiClient({
    endpoint: new URL(`${simulator.url}/api2/json`),
    tokenId: client.tokenId,
    tokenSecret: "00000000-0000-4000-8000-000000000000",
    caCertificates: simulator.caCertificatePem,
    logger: context().logger,
  });
  expect(await told(stranger.get("/version"))).toContain(`does not know the API token ${client.tokenId}`);
  stranger.close();
});

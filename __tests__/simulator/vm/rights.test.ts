import { TestSimulator } from "../client";

const ROOT_SECRET = "0f5d6c1e-6a3b-4a55-9b1c-1c2d3e4f5a00";

const STORAGE = "/storage/local-vm-zfs";
const BRIDGE = "/sdn/zones/localnetwork/vmbr0";

/** Privileges by the path that they are granted on. */
type Grants = Readonly<Record<string, string>>;

let root: TestSimulator;
let userCount = 0;
let vmid = 400;
beforeAll(async () => {
  root = await TestSimulator.start({
    token: { user: "root@pam", tokenId: "admin", secret: ROOT_SECRET },
    bridges: ["vmbr0", "vmbr1"],
  });
});
afterAll(() => root.close());

/** Somebody with exactly these privileges. */
async function userWith(grants: Grants): Promise<TestSimulator> {
  const user = `user${(userCount += 1)}@pve`;
  await root.data("POST", "/access/users", { userid: user });
  const { value } = await root.data("POST", `/access/users/${user}/token/ci`, { privsep: "0" });
  for (const [index, [path, privs]] of Object.entries(grants).entries()) {
    const roleid = `R${userCount}-${index}`;
    await root.data("POST", "/access/roles", { roleid, privs });
    await root.data("PUT", "/access/acl", { path, roles: roleid, users: user });
  }
  return root.as(`${user}!ci`, String(value));
}

/** A stopped linked clone of the template, which is quicker than a full one. */
async function newVm(): Promise<string> {
  vmid += 1;
  await root.clone(vmid, { full: "0" });
  return `/nodes/pve1/qemu/${vmid}`;
}

/** What a call answers, or how its task ends. */
async function outcomeOf(
  api: TestSimulator,
  method: string,
  path: string,
  parameters: Record<string, string>,
): Promise<string> {
  const { status, reason, body } = await api.call(method, path, parameters);
  if (status !== 200) return `${status} ${reason}`;
  return typeof body?.data === "string" ? api.outcome(body.data) : "OK";
}

/** What a change of a new VM's configuration answers; the VM is called 401 in it. */
async function change(grants: Grants, parameters: Record<string, string>): Promise<string> {
  const api = await userWith(grants);
  const outcome = await outcomeOf(api, "PUT", `${await newVm()}/config`, parameters);
  return outcome.replace(`/vms/${vmid}`, "/vms/401");
}

const denied = (what: string): string => `403 Permission check failed (${what})`;

const OPTIONS = { "/vms": "VM.Config.Options" };
const DISK = { "/vms": "VM.Config.Disk" };
const NETWORK = { "/vms": "VM.Config.Network" };
const SPACE = { [STORAGE]: "Datastore.AllocateSpace" };
const USE_BRIDGE = { [BRIDGE]: "SDN.Use" };

/** As recorded from Proxmox VE 9.2: a change, what suffices for it, what does not, and what is missing then. */
describe("a change of the configuration", () => {
  test.each<[Record<string, string>, Grants, Grants, string]>([
    [{ cores: "2" }, { "/vms": "VM.Config.CPU" }, OPTIONS, "/vms/401, VM.Config.CPU"],
    [{ numa0: "cpus=0,memory=512" }, { "/vms": "VM.Config.CPU" }, OPTIONS, "/vms/401, VM.Config.CPU"],
    [{ memory: "1024" }, { "/vms": "VM.Config.Memory" }, OPTIONS, "/vms/401, VM.Config.Memory"],
    [{ scsihw: "lsi" }, { "/vms": "VM.Config.HWType" }, OPTIONS, "/vms/401, VM.Config.HWType"],
    [{ serial1: "socket" }, { "/vms": "VM.Config.HWType" }, OPTIONS, "/vms/401, VM.Config.HWType"],
    [{ rng0: "/dev/urandom" }, { "/vms": "VM.Config.HWType" }, OPTIONS, "/vms/401, VM.Config.HWType"],
    [
      { rng0: "/dev/hwrng" },
      { "/": "VM.Config.HWType,Mapping.Use" },
      { "/": "VM.Config.HWType" },
      "/mapping/hwrng, Mapping.Use",
    ],
    [{ usb0: "spice" }, { "/vms": "VM.Config.HWType" }, OPTIONS, "/vms/401, VM.Config.HWType"],
    [{ delete: "vga" }, { "/vms": "VM.Config.HWType" }, OPTIONS, "/vms/401, VM.Config.HWType"],
    [{ name: "other", tags: "a", agent: "0" }, OPTIONS, NETWORK, "/vms/401, VM.Config.Options"],
    [{ boot: "order=scsi0" }, DISK, OPTIONS, "/vms/401, VM.Config.Disk"],
    [{ scsi1: "local-vm-zfs:1" }, { ...DISK, ...SPACE }, DISK, `${STORAGE}, Datastore.AllocateSpace`],
    [
      { scsi1: "local-vm-zfs:1" },
      { ...DISK, ...SPACE },
      { ...OPTIONS, ...SPACE },
      "/vms/401, VM.Config.Disk",
    ],
    [{ delete: "scsi0" }, DISK, OPTIONS, "/vms/401, VM.Config.Disk"],
    [{ delete: "scsi0", force: "1" }, { ...DISK, ...SPACE }, DISK, `${STORAGE}, Datastore.AllocateSpace`],
    [{ ide3: "none,media=cdrom" }, { "/vms": "VM.Config.CDROM" }, OPTIONS, "/vms/401, VM.Config.CDROM"],
    [
      { delete: "ide2" },
      { "/vms": "VM.Config.CDROM,VM.Config.Cloudinit" },
      { "/vms": "VM.Config.CDROM" },
      "/vms/401, VM.Config.Cloudinit",
    ],
    [{ ciuser: "me" }, NETWORK, OPTIONS, "/vms/401, VM.Config.Cloudinit|VM.Config.Network"],
    [
      { ipconfig0: "ip=dhcp" },
      { "/vms": "VM.Config.Cloudinit" },
      OPTIONS,
      "/vms/401, VM.Config.Cloudinit|VM.Config.Network",
    ],
    [{ net0: "virtio,bridge=vmbr0" }, { ...NETWORK, ...USE_BRIDGE }, NETWORK, `${BRIDGE}, SDN.Use`],
    [
      { net0: "virtio,bridge=vmbr0" },
      { ...NETWORK, ...USE_BRIDGE },
      { ...OPTIONS, ...USE_BRIDGE },
      "/vms/401, VM.Config.Network",
    ],
    [{ net0: "virtio,bridge=vmbr0,tag=20" }, { ...NETWORK, ...USE_BRIDGE }, NETWORK, `${BRIDGE}/20, SDN.Use`],
    [
      { net1: "virtio,bridge=vmbr0,trunks=5;7-8" },
      { ...NETWORK, [`${BRIDGE}/5`]: "SDN.Use", [`${BRIDGE}/7`]: "SDN.Use", [`${BRIDGE}/8`]: "SDN.Use" },
      { ...NETWORK, [`${BRIDGE}/5`]: "SDN.Use", [`${BRIDGE}/7`]: "SDN.Use" },
      `${BRIDGE}/8, SDN.Use`,
    ],
    [{ startup: "order=1" }, { "/": "Sys.Modify,VM.Config.Options" }, OPTIONS, "/, Sys.Modify"],
  ])("%p", async (parameters, sufficient, wrong, missing) => {
    expect(await change(sufficient, parameters)).toBe("OK");
    expect(await change(wrong, parameters)).toBe(denied(missing));
  });

  test("of a network device wants the old bridge too", async () => {
    const grants = { ...NETWORK, "/sdn/zones/localnetwork/vmbr1": "SDN.Use" };
    const expected = denied(`${BRIDGE}, SDN.Use`);
    expect(await change(grants, { net0: "virtio,bridge=vmbr1" })).toBe(expected);
    expect(await change(grants, { delete: "net0" })).toBe(expected);
    expect(await change(grants, { net1: "virtio,bridge=vmbr1" })).toBe("OK");
  });

  test.each([
    [{ args: "-snapshot" }, "only root can set 'args' config"],
    [{ delete: "hookscript" }, "only root can set 'hookscript' config"],
    [{ serial1: "/dev/ttyS0" }, "only root can modify 'serial1' config for real devices"],
    [{ usb0: "host=1234:5678" }, "only root can set 'usb0' config for real devices"],
    [{ hostpci0: "0000:00:02.0" }, "only root can set 'hostpci0' config for non-mapped devices"],
  ])("that is root's alone is refused to tokens of root too: %p", async (parameters, reason) => {
    const reply = await root.call("PUT", `${await newVm()}/config`, parameters);
    expect([reply.status, reply.reason]).toEqual([500, reason]);
  });

  test("volumes of other VMs are for who administers their storage", async () => {
    const outcome = await change({ ...DISK, ...SPACE }, { scsi1: "local-vm-zfs:base-400-disk-0" });
    expect(outcome).toBe(denied(`${STORAGE}, Datastore.Allocate`));
  });

  test("detaching a disk costs nothing on its storage, freeing it does", async () => {
    const api = await userWith(DISK);
    const path = `${await newVm()}/config`;
    expect(await outcomeOf(api, "PUT", path, { delete: "scsi0" })).toBe("OK");
    expect(await outcomeOf(api, "PUT", path, { delete: "unused0" })).toBe(
      denied(`${STORAGE}, Datastore.AllocateSpace`),
    );
  });
});

describe("a task says what was missing within it", () => {
  test("growing a disk", async () => {
    const api = await userWith(DISK);
    const parameters = { disk: "scsi0", size: "+1G" };
    expect(await outcomeOf(api, "PUT", `${await newVm()}/resize`, parameters)).toBe(
      denied(`${STORAGE}, Datastore.AllocateSpace`),
    );
  });

  test("a change in the background", async () => {
    const api = await userWith({ ...OPTIONS, ...SPACE });
    const outcome = await outcomeOf(api, "POST", `${await newVm()}/config`, { scsi1: "local-vm-zfs:1" });
    expect(outcome).toBe(denied(`/vms/${vmid}, VM.Config.Disk`));
  });
});

const CLONE = { "/vms": "VM.Clone,VM.Allocate" };

/** As recorded: a full or linked clone, and one without each of what it takes. */
test.each<[Grants, string]>([
  [{ ...CLONE, ...SPACE, ...USE_BRIDGE }, "OK"],
  [{ ...CLONE, ...USE_BRIDGE }, denied(`${STORAGE}, Datastore.AllocateSpace`)],
  [{ ...CLONE, ...SPACE }, denied(`${BRIDGE}, SDN.Use`)],
  [{ "/vms": "VM.Clone" }, "403 Permission check failed"],
  [{ "/vms": "VM.Allocate" }, denied("/vms/400, VM.Clone")],
])("a clone with %p", async (grants, expected) => {
  const api = await userWith(grants);
  for (const full of ["0", "1"]) {
    vmid += 1;
    const parameters = { newid: String(vmid), full };
    expect(await outcomeOf(api, "POST", "/nodes/pve1/qemu/400/clone", parameters)).toBe(expected);
  }
});

/** As the genuine code reads; not recorded. */
test.each<[Grants, Record<string, string>, string]>([
  [{ "/vms": "VM.Allocate" }, {}, "OK"],
  [{ "/vms": "VM.Audit" }, {}, "403 Permission check failed"],
  [{ "/vms": "VM.Allocate" }, { start: "1" }, denied("/vms/9000, VM.PowerMgmt")],
  [{ "/vms": "VM.Allocate" }, { cores: "2" }, denied("/vms/9000, VM.Config.CPU")],
  [{ "/vms": "VM.Allocate" }, { scsi0: "local-vm-zfs:1" }, denied(`${STORAGE}, Datastore.AllocateSpace`)],
  [{ "/vms": "VM.Allocate,VM.Config.Network" }, { net0: "e1000,bridge=vmbr0" }, denied(`${BRIDGE}, SDN.Use`)],
])("a VM from nothing with %p and %p", async (grants, parameters, expected) => {
  const api = await userWith(grants);
  expect(await outcomeOf(api, "POST", "/nodes/pve1/qemu", { vmid: "9000", ...parameters })).toBe(expected);
});

test("a VM from nothing takes the rights of the pool that it joins", async () => {
  await root.data("POST", "/pools", { poolid: "tf" });
  const api = await userWith({ "/pool/tf": "VM.Allocate,VM.Config.CPU" });
  const parameters = { vmid: "9001", pool: "tf", cores: "2" };
  expect(await outcomeOf(api, "POST", "/nodes/pve1/qemu", parameters)).toBe("OK");
});

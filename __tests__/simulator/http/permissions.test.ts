import { TestSimulator } from "../client";

const ROOT_SECRET = "0f5d6c1e-6a3b-4a55-9b1c-1c2d3e4f5a00";
const SECRET = "0f5d6c1e-6a3b-4a55-9b1c-1c2d3e4f5a01";

/** What a token that manages the VMs of one pool has; template 400 is in none. */
const USER_CONFIG = `
user:root@pam:1:0::::::
token:root@pam!admin:0:0::
user:tf@pve:1:0::::::
token:tf@pve!ci:0:1::
user:audit@pve:1:0::::::
token:audit@pve!ci:0:0::
pool:tf::401:local:
pool:other:::
role:Manage:VM.Allocate,VM.Audit,VM.Clone,VM.Config.CPU,VM.Config.Disk,VM.Config.Network,VM.PowerMgmt:
acl:1:/pool/tf:tf@pve,tf@pve!ci:Manage:
acl:1:/vms/401:audit@pve:PVEVMUser:
acl:1:/vms/400:tf@pve,tf@pve!ci:PVETemplateUser:
acl:1:/storage/local-vm-zfs:tf@pve,tf@pve!ci:PVEDatastoreUser:
acl:1:/sdn/zones/localnetwork/vmbr0:tf@pve,tf@pve!ci:PVESDNUser:
acl:1:/:audit@pve:PVEAuditor:
`;

describe("permissions", () => {
  let root: TestSimulator;
  let tf: TestSimulator;
  let auditor: TestSimulator;
  beforeEach(async () => {
    const secrets = { "root@pam!admin": ROOT_SECRET, "tf@pve!ci": SECRET, "audit@pve!ci": SECRET };
    root = await TestSimulator.start({
      token: { user: "root@pam", tokenId: "admin", secret: ROOT_SECRET },
      access: { userConfig: USER_CONFIG, secrets },
      // So long that a half-made clone can be asked for.
      profile: { linkedCloneSeconds: 400 },
    });
    tf = root.as("tf@pve!ci", SECRET);
    auditor = root.as("audit@pve!ci", SECRET);
    await root.clone(401);
  });
  afterEach(() => root.close());

  test.each([
    [
      "the path, before whether there is such a VM",
      "GET",
      "/nodes/pve1/qemu/999/config",
      {},
      "/vms/999, VM.Audit",
    ],
    ["the path, before the host", "GET", "/nodes/nowhere/qemu/999/config", {}, "/vms/999, VM.Audit"],
    [
      "the path, before parameters",
      "PUT",
      "/nodes/pve1/qemu/400/resize",
      { size: "x" },
      "/vms/400, VM.Config.Disk",
    ],
    [
      "any of several privileges",
      "PUT",
      "/nodes/pve1/qemu/400/config",
      { cores: "2" },
      "/vms/400, VM.Config.Disk|VM.Config.CDROM|VM.Config.CPU|VM.Config.Memory|VM.Config.Network|VM.Config.HWType|VM.Config.Options|VM.Config.Cloudinit",
    ],
    [
      "the source of a clone",
      "POST",
      "/nodes/pve1/qemu/999/clone",
      { newid: "402", pool: "tf" },
      "/vms/999, VM.Clone",
    ],
    [
      "one of the storages",
      "GET",
      "/nodes/pve1/storage/local/status",
      {},
      "/storage/local, Datastore.Audit|Datastore.AllocateSpace",
    ],
    ["a pool", "GET", "/pools/tf", {}, "/pool/tf, Pool.Audit"],
  ])("want %s", async (_what, method, path, parameters, missing) => {
    const reply = await tf.call(method, path, parameters);
    expect([reply.status, reply.reason]).toEqual([403, `Permission check failed (${missing})`]);
    expect(reply.body).toEqual({ data: null, message: `Permission check failed (${missing})\n` });
  });

  test.each([
    ["no pool", { newid: "402" }],
    ["a pool of others", { newid: "402", pool: "other" }],
    ["no id at all", {}],
    ["no pool that there is", { newid: "402", pool: "none" }],
  ])("say no more of a clone into %s", async (_where, parameters) => {
    const reply = await tf.call("POST", "/nodes/pve1/qemu/400/clone", parameters);
    expect([reply.status, reply.reason]).toEqual([403, "Permission check failed"]);
  });

  test("name an unknown pool to whoever may make the VM anyway", async () => {
    const reply = await root.call("POST", "/nodes/pve1/qemu/400/clone", { newid: "402", pool: "none" });
    expect(reply.reason).toBe("Permission check failed (pool 'none' does not exist)");
  });

  test("of a clone come with its pool, when it is done", async () => {
    const upid = await tf.data<string>("POST", "/nodes/pve1/qemu/400/clone", { newid: "402", pool: "tf" });
    expect((await tf.call("GET", "/nodes/pve1/qemu/402/config")).status).toBe(403);
    expect(await tf.outcome(upid)).toBe("OK");
    expect((await tf.config(402)).name).toBe("Copy-of-VM-ubuntu-22.04-template");
  });

  test("go with a VM that is destroyed", async () => {
    expect(await tf.task("DELETE", "/nodes/pve1/qemu/401")).toBe("OK");
    expect((await tf.call("GET", "/nodes/pve1/qemu/401/config")).status).toBe(403);
    expect((await root.call("GET", "/nodes/pve1/qemu/401/config")).status).toBe(500);
    const entries = await root.data<{ path: string }[]>("GET", "/access/acl");
    expect(entries.map(({ path }) => path)).not.toContain("/vms/401");
  });

  test("filter lists", async () => {
    const ids = (rows: { id?: string; storage?: string; vmid?: number }[]): unknown[] =>
      rows.map(({ id, storage, vmid }) => id ?? storage ?? vmid);
    expect(ids(await tf.data("GET", "/cluster/resources"))).toEqual([
      "qemu/400",
      "qemu/401",
      "node/pve1",
      "storage/pve1/local-vm-zfs",
    ]);
    expect(ids(await tf.data("GET", "/nodes/pve1/storage"))).toEqual(["local-vm-zfs"]);
    expect(await tf.data("GET", "/pools")).toEqual([]);
    expect(await auditor.data("GET", "/pools")).toEqual([{ poolid: "other" }, { poolid: "tf" }]);
  });

  test("show how busy a host is, and a VM's pool, only to auditors", async () => {
    const [asTf] = await tf.data<unknown[]>("GET", "/nodes");
    expect(asTf).not.toHaveProperty("maxcpu");
    const [asAuditor] = await auditor.data<unknown[]>("GET", "/nodes");
    expect(asAuditor).toHaveProperty("maxcpu");
    const poolOf401 = async (api: TestSimulator): Promise<unknown> => {
      const rows = await api.data<{ vmid: number; pool?: string }[]>("GET", "/cluster/resources", {
        type: "vm",
      });
      return rows.find(({ vmid }) => vmid === 401)?.pool;
    };
    expect(await poolOf401(tf)).toBeUndefined();
    expect(await poolOf401(auditor)).toBe("tf");
  });

  test("on tasks are with who started them, and with auditors", async () => {
    const upid = await root.data<string>("POST", "/nodes/pve1/qemu/401/status/start");
    await root.outcome(upid);
    const path = `/nodes/pve1/tasks/${encodeURIComponent(upid)}`;
    expect((await tf.call("GET", `${path}/status`)).reason).toBe(
      "Permission check failed (/nodes/pve1, Sys.Audit)",
    );
    expect((await tf.call("GET", `${path}/log`)).status).toBe(403);
    expect((await tf.call("DELETE", path)).reason).toBe("Permission check failed (/nodes/pve1, Sys.Modify)");
    expect((await auditor.call("GET", `${path}/status`)).status).toBe(200);
    expect((await tf.call("GET", "/nodes/pve1/tasks")).body).toEqual({ data: [] });
    expect(await tf.task("POST", "/nodes/pve1/qemu/401/status/stop")).toBe("OK");
    expect((await tf.call("GET", "/nodes/pve1/tasks")).body).toMatchObject({ total: 1 });
    expect(await tf.data("GET", "/cluster/tasks")).toEqual([]);
    expect(await auditor.data("GET", "/cluster/tasks")).not.toEqual([]);
  });

  test("to put VMs into pools are those on the VM too", async () => {
    await root.call("PUT", "/access/acl", { path: "/pool/tf", roles: "PVEPoolAdmin", users: "audit@pve" });
    const reply = await auditor.call("PUT", "/pools", { poolid: "tf", vms: "400" });
    expect([reply.status, reply.reason]).toEqual([
      500,
      "update pools failed: 403 Permission check failed (/vms/400, Permissions.Modify|VM.Allocate)",
    ]);
  });
});

import { TestSimulator } from "../client";

describe("calls on the cluster", () => {
  let api: TestSimulator;
  beforeAll(async () => {
    api = await TestSimulator.start({
      nodes: ["pve1", "pve2"],
      storages: [
        { id: "local-vm-zfs", type: "zfspool", sizeGiB: 100 },
        { id: "ceph", type: "rbd", sizeGiB: 200 },
        { id: "only2", type: "dir", sizeGiB: 10, nodes: ["pve2"], content: ["iso"] },
      ],
    });
  });
  afterAll(() => api.close());

  test("offers the lowest free id as text, and knows which are taken", async () => {
    expect(await api.data("GET", "/cluster/nextid")).toBe("100");
    expect(await api.data("GET", "/cluster/nextid", { vmid: "401" })).toBe("401");
    const taken = await api.call("GET", "/cluster/nextid", { vmid: "400" });
    expect([taken.status, taken.body?.errors]).toEqual([400, { vmid: "VM 400 already exists" }]);
    const wrong = await api.call("GET", "/cluster/nextid", { vmid: "99" });
    expect(wrong.body?.errors).toEqual({ vmid: "invalid format - value does not look like a valid VM ID\n" });
  });

  test("tells the nodes of a cluster, and whether they are enough", async () => {
    expect(await api.data("GET", "/cluster/status")).toEqual([
      { id: "cluster", type: "cluster", name: "simulated", version: 2, nodes: 2, quorate: 1 },
      expect.objectContaining({ id: "node/pve1", name: "pve1", nodeid: 1, local: 1, online: 1 }),
      expect.objectContaining({ id: "node/pve2", name: "pve2", nodeid: 2, local: 0, online: 1 }),
    ]);
  });

  test("lists nodes, and storages with their space as each node has them", async () => {
    const nodes = await api.data<{ node: string; status: string }[]>("GET", "/nodes");
    expect(nodes.map(({ node, status }) => [node, status])).toEqual([
      ["pve1", "online"],
      ["pve2", "online"],
    ]);
    const storages = await api.data<Record<string, unknown>[]>("GET", "/nodes/pve1/storage");
    expect(storages.map(({ storage }) => storage)).toEqual(["local-vm-zfs", "ceph", "only2"]);
    const templateBytes = (2252 + 4) * 1024 ** 2;
    expect(storages[0]).toMatchObject({
      type: "zfspool",
      shared: 0,
      used: templateBytes,
      total: 100 * 1024 ** 3,
    });
    expect(storages[1]).toMatchObject({ type: "rbd", shared: 1, used: 0 });
    expect(storages[2]).toMatchObject({ enabled: 0, active: 0, total: 0 });
    const isos = await api.data<{ storage: string }[]>("GET", "/nodes/pve2/storage", { content: "iso" });
    expect(isos.map(({ storage }) => storage)).toEqual(["only2"]);
    const unknown = await api.call("GET", "/nodes/pve1/storage", { storage: "nosuch" });
    expect(unknown.body?.errors).toEqual({ storage: "No such storage." });
  });

  test("filters resources by type and refuses other types", async () => {
    const rows = async (type: string): Promise<unknown[]> =>
      (await api.data<{ id: string }[]>("GET", "/cluster/resources", { type })).map(({ id }) => id);
    expect(await rows("vm")).toEqual(["qemu/400"]);
    expect(await rows("node")).toEqual(["node/pve1", "node/pve2"]);
    expect(await rows("storage")).toContain("storage/pve2/only2");
    const wrong = await api.call("GET", "/cluster/resources", { type: "foo" });
    expect(wrong.body?.errors).toEqual({
      type: "value 'foo' does not have a value in the enumeration 'vm, storage, node, sdn'",
    });
  });

  test("has no containers", async () => {
    expect(await api.data("GET", "/nodes/pve1/lxc")).toEqual([]);
  });
});

test("resources learn the name and state of a new VM only with the next broadcast", async () => {
  const api = await TestSimulator.start({ profile: { statisticsSeconds: 1e9 } });
  await api.clone(401, { name: "fresh" });
  const rows = await api.data<Record<string, unknown>[]>("GET", "/cluster/resources", { type: "vm" });
  expect(rows.find(({ vmid }) => vmid === 400)).toMatchObject({
    name: "ubuntu-22.04-template",
    status: "stopped",
  });
  expect(rows.find(({ vmid }) => vmid === 401)).toEqual({
    id: "qemu/401",
    node: "pve1",
    status: "unknown",
    type: "qemu",
    vmid: 401,
  });
  await api.close();
});

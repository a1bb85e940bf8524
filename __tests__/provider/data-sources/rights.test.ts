import { createLogger } from "../../../provider/plugin/json-logger";
import type { DataSource } from "../../../provider/plugin/provider";
import { emptyObject } from "../../../provider/plugin/schema";
import type { ObjectValue } from "../../../provider/plugin/value";
import { ApiClient } from "../../../provider/proxmox/api-client";
import { NODES } from "../../../provider/data-sources/nodes";
import { STORAGES } from "../../../provider/data-sources/storages";
import { VERSION } from "../../../provider/data-sources/version";
import { VMS } from "../../../provider/data-sources/vms";
import { Proxmox } from "../../../provider/session/proxmox";
import { type Simulator, startSimulator } from "../../../simulator";

const LOGGER = createLogger("error", () => undefined);
const GRANTED = ["/nodes/pve1", "/storage/ceph", "/vms/400"];

let simulator: Simulator;
let client: ApiClient;

beforeAll(async () => {
  const user = "terraform@pve";
  simulator = await startSimulator({
    nodes: ["pve1", "pve2"],
    storages: [
      { id: "ceph", type: "rbd", sizeGiB: 1000 },
      { id: "local-zfs", type: "zfspool", sizeGiB: 500 },
    ],
    templates: [
      { vmid: 400, name: "mine", storage: "ceph" },
      { vmid: 410, name: "theirs", storage: "ceph" },
    ],
    access: {
      userConfig: [
        `user:${user}:1:0::::::`,
        `token:${user}!provider:0:0::`,
        ...GRANTED.map((path) => `acl:1:${path}:${user}:PVEAuditor:`),
      ].join("\n"),
    },
  });
  client = new ApiClient({
    endpoint: new URL(`${simulator.url}/api2/json`),
    tokenId: `${user}!provider`,
    tokenSecret: simulator.token.secret,
    caCertificates: simulator.caCertificatePem,
    logger: LOGGER,
  });
});

afterAll(async () => {
  client.close();
  await simulator.close();
});

async function read(source: DataSource<Proxmox>, arguments_: ObjectValue = {}): Promise<ObjectValue> {
  const config = { ...emptyObject(source.schema.block), ...arguments_ };
  const context = {
    client: new Proxmox(client, LOGGER),
    logger: LOGGER,
    stopping: new AbortController().signal,
  };
  const { state, diagnostics = [] } = await source.read({ config }, context);
  expect(diagnostics).toEqual([]);
  return state ?? {};
}

describe("a token with few rights", () => {
  test("reads the version", async () => {
    expect(await read(VERSION)).toMatchObject({ release: "9.2" });
  });

  test("is told of every node, and the hardware of those it may audit", async () => {
    const { nodes } = await read(NODES);
    expect(nodes).toMatchObject([
      { name: "pve1", status: "online", cpus: 64, memory_mib: 256 * 1024 },
      { name: "pve2", status: "online", cpus: null, memory_mib: null },
    ]);
  });

  test("is told of the storages and VMs that it may audit", async () => {
    expect(await read(STORAGES, { node: "pve1" })).toMatchObject({ storages: [{ id: "ceph" }] });
    expect(await read(VMS)).toMatchObject({ vms: [{ vmid: 400 }] });
  });
});

import type { Logger } from "../../../provider/logger";
import type { DataSource } from "../../../provider/plugin/provider";
import { emptyObject } from "../../../provider/plugin/schema";
import { validateBlock } from "../../../provider/plugin/validation";
import type { ObjectValue } from "../../../provider/plugin/value";
import { ApiClient, type Parameters } from "../../../provider/proxmox/api-client";
import { ApiError } from "../../../provider/proxmox/api-error";
import { NODES } from "../../../provider/data-sources/nodes";
import { STORAGES } from "../../../provider/data-sources/storages";
import { VERSION } from "../../../provider/data-sources/version";
import { VMS } from "../../../provider/data-sources/vms";
import { Proxmox } from "../../../provider/session/proxmox";

const ignore = (): void => undefined;
const LOGGER: Logger = { error: ignore, warn: ignore, info: ignore, debug: ignore };
const [MIB, GIB] = [2 ** 20, 2 ** 30];

/** Answers by path and query; a number is the status of an error. */
type Answers = Readonly<Record<string, unknown>>;

/** A client that has its answers from a table: rows of every kind that Proxmox has, each at hand. */
class TableClient extends ApiClient {
  constructor(private readonly answers: Answers) {
    super({
      endpoint: new URL("https://fake.invalid"),
      tokenId: "terraform@pve!provider",
      tokenSecret: "",
      logger: LOGGER,
    });
  }

  override get<T>(path: string, parameters: Parameters = {}): Promise<T> {
    const query = Object.entries(parameters).flatMap(([key, value]) =>
      value === undefined ? [] : [`${key}=${value}`],
    );
    const call = [path, ...query].join("?");
    if (!(call in this.answers)) return Promise.reject(new Error(`${call} was not expected`));
    const answer = this.answers[call];
    return typeof answer === "number"
      ? Promise.reject(new ApiError({ method: "GET", path }, answer, "Permission check failed"))
      : Promise.resolve(answer as T);
  }
}

async function read(
  source: DataSource<Proxmox>,
  answers: Answers,
  arguments_: ObjectValue = {},
  logger = LOGGER,
) {
  const config = { ...emptyObject(source.schema.block), ...arguments_ };
  const client = new Proxmox(new TableClient(answers), LOGGER);
  return await source.read({ config }, { client, logger, stopping: new AbortController().signal });
}

test("the version is told as Proxmox tells it", async () => {
  const version = { version: "9.2.11", release: "9.2", repoid: "14a22df35955d97d" };
  const { state } = await read(VERSION, { "/version": { ...version, console: "html5" } });
  expect(state).toEqual(version);
});

test("what did not get through is asked for again", async () => {
  const answers: Record<string, unknown> = { "/version": 596 };
  const version = { version: "9.2.11", release: "9.2", repoid: "14a22df35955d97d" };
  const recover = (): void => void (answers["/version"] = version);
  const { state } = await read(VERSION, answers, {}, { ...LOGGER, info: recover });
  expect(state).toEqual(version);
});

test("nodes are sorted; what the token may not see of one is null", async () => {
  const { state } = await read(NODES, {
    "/nodes": [
      { node: "pve2", status: "unknown", id: "node/pve2", type: "node", ssl_fingerprint: "A6:5C" },
      { node: "pve10", status: "online", cpu: 0.1, maxcpu: 16, mem: 1, maxmem: 64.5 * MIB, uptime: 7 },
    ],
  });
  expect(state).toEqual({
    nodes: [
      { name: "pve10", status: "online", cpus: 16, memory_mib: 64, fingerprint: null },
      { name: "pve2", status: "unknown", cpus: null, memory_mib: null, fingerprint: "A6:5C" },
    ],
  });
});

describe("storages", () => {
  const row = { type: "dir", enabled: 1, active: 1, shared: 0, total: 100.9 * GIB, avail: 50 * GIB };

  test("are sorted, those that the node cannot use left out", async () => {
    const { state } = await read(
      STORAGES,
      {
        "/nodes/pve1/storage?content=images": [
          { ...row, storage: "second", content: "rootdir,images", shared: 1 },
          { ...row, storage: "othernode", content: "images", enabled: 0, active: 0, total: 0, avail: 0 },
          { ...row, storage: "first", content: "images", active: 0, total: 0, avail: 0 },
        ],
      },
      { node: "pve1", content: "images" },
    );
    expect(state?.["storages"]).toEqual([
      {
        id: "first",
        type: "dir",
        content: ["images"],
        shared: false,
        active: false,
        total_gib: null,
        available_gib: null,
      },
      {
        id: "second",
        type: "dir",
        content: ["images", "rootdir"],
        shared: true,
        active: true,
        total_gib: 100,
        available_gib: 50,
      },
    ]);
  });

  test("that cannot be listed are an error that names the node and what Proxmox said", async () => {
    const { diagnostics } = await read(STORAGES, { "/nodes/pve9/storage": 500 }, { node: "pve9" });
    expect(diagnostics).toMatchObject([
      { severity: "error", summary: "Unable to list the storages of node pve9" },
    ]);
    expect(diagnostics?.[0]?.detail).toContain("GET /nodes/pve9/storage");
  });
});

describe("VMs", () => {
  const CALL = "/cluster/resources?type=vm";
  const VM = { type: "qemu", node: "pve1", status: "running", template: 0 };
  const RESOURCES = [
    { ...VM, vmid: 1000, name: "late", tags: "K3S;web", pool: "apps/test" },
    { ...VM, vmid: 400, name: "golden", status: "stopped", template: 1 },
    { ...VM, vmid: 300, type: "lxc", name: "container", tags: "k3s" },
    { ...VM, vmid: 401, name: "early", node: "pve2", tags: "k3s", pool: "apps" },
  ];

  async function ids(arguments_: ObjectValue): Promise<unknown> {
    const { state } = await read(VMS, { [CALL]: RESOURCES }, arguments_);
    return (state?.["vms"] as ObjectValue[]).map(({ vmid }) => vmid);
  }

  test("are sorted by id, without containers", async () => {
    const { state } = await read(VMS, { [CALL]: RESOURCES });
    expect(state?.["vms"]).toMatchObject([
      { vmid: 400, template: true, tags: [], pool: null },
      { vmid: 401, name: "early", node: "pve2", template: false, tags: ["k3s"], pool: "apps" },
      { vmid: 1000, tags: ["k3s", "web"], pool: "apps/test" },
    ]);
  });

  test.each([
    [{ node: "pve2" }, [401]],
    [{ pool: "apps" }, [401]],
    [{ name: "golden" }, [400]],
    [{ tag: "K3s" }, [401, 1000]],
    [{ template: true }, [400]],
    [{ template: false }, [401, 1000]],
    [{ tag: "k3s", node: "pve1" }, [1000]],
    [{ name: "gold" }, []],
  ])("are those that fit %j", async (arguments_, expected) => {
    expect(await ids(arguments_)).toEqual(expected);
  });

  const unreported = { vmid: 402, type: "qemu", node: "pve1", status: "unknown", tags: "new" };

  test("that the cluster has not heard of yet are asked for at their node", async () => {
    const { state } = await read(VMS, {
      [CALL]: [unreported],
      "/nodes/pve1/qemu": [{ vmid: 402, name: "fresh", status: "stopped", template: 1 }],
    });
    expect(state?.["vms"]).toEqual([
      {
        vmid: 402,
        name: "fresh",
        node: "pve1",
        status: "stopped",
        template: true,
        tags: ["new"],
        pool: null,
      },
    ]);
  });

  test("of a node that does not answer are listed with what is known", async () => {
    const { state } = await read(VMS, { [CALL]: [...RESOURCES, unreported], "/nodes/pve1/qemu": 595 });
    expect(state?.["vms"]).toContainEqual({
      vmid: 402,
      name: null,
      node: "pve1",
      status: "unknown",
      template: null,
      tags: ["new"],
      pool: null,
    });
  });
});

test.each([
  [STORAGES, { node: "-pve", content: "disks" }, ["node", "content"]],
  [
    VMS,
    { node: "pve_1", pool: "a/b/c/d", name: "under_score", tag: "two words" },
    ["node", "pool", "name", "tag"],
  ],
])("arguments that nothing could fit are refused, all at once", (source, arguments_, faulty) => {
  const config = { ...emptyObject(source.schema.block), ...arguments_ };
  expect(validateBlock(source.schema.block, config).map(({ attribute }) => attribute)).toEqual(
    faulty.map((name) => [name]),
  );
});

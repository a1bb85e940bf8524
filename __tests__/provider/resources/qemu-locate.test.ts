import type { Logger } from "../../../provider/logger";
import { ApiClient, type Parameters } from "../../../provider/proxmox/api-client";
import { ApiError } from "../../../provider/proxmox/api-error";
import type { ClusterVm } from "../../../provider/proxmox/virtual-machine";
import { locateVm } from "../../../provider/resources/qemu-locate";

const ignore = (): void => undefined;
const LOGGER: Logger = { error: ignore, warn: ignore, info: ignore, debug: ignore };

const PLACE = { node: "pve1", vmid: 401 };
const STATE = { id: "pve1/401", vmid: 401, node: "pve1" };
const CONFIG = { name: "rancher-manager-1", cores: 4 };
/** What is asked for, in the form that shows what waits for the next start. */
const ROWS = [
  { key: "name", value: "rancher-manager-1" },
  { key: "cores", value: 2, pending: 4 },
  { key: "onboot", value: 1, delete: 1 },
];
const SETTINGS = { config: CONFIG, pendingKeys: ["cores", "onboot"] };
const ELSEWHERE: ClusterVm = { vmid: 401, node: "pve2", type: "qemu", status: "running" };

/** What Proxmox has and shows; what is left out is not there. */
interface Proxmox {
  /** Configurations by node, of VM 401. */
  readonly configs?: Readonly<Record<string, object | "denied">>;
  readonly isIdFree: boolean;
  readonly listed?: readonly ClusterVm[];
}

/** A client that asks a description of Proxmox instead of a server. */
class FakeClient extends ApiClient {
  constructor(private readonly proxmox: Proxmox) {
    super({ endpoint: new URL("https://fake.invalid"), tokenId: "", tokenSecret: "", logger: LOGGER });
  }

  override get<T>(path: string, parameters: Parameters = {}): Promise<T> {
    return Promise.resolve().then(() => this.answer(path, parameters) as T);
  }

  private answer(path: string, parameters: Parameters): unknown {
    const fail = (status: number, said: string, errors = {}): ApiError =>
      new ApiError({ method: "GET", path }, status, said, errors);
    const { configs = {}, isIdFree, listed = [] } = this.proxmox;
    if (path === "/cluster/nextid" && parameters["vmid"] === 401) {
      if (isIdFree) return "401";
      throw fail(400, "Parameter verification failed.", { vmid: "VM 401 already exists" });
    }
    if (path === "/cluster/resources") return listed;
    const node = /^\/nodes\/(\w+)\/qemu\/401\/pending$/.exec(path)?.[1];
    if (node === undefined) throw new Error(`unexpected call of ${path}`);
    const config = configs[node];
    if (config === "denied") throw fail(403, "Permission check failed (/vms/401, VM.Audit)");
    if (config !== undefined) return config;
    throw fail(500, `Configuration file 'nodes/${node}/qemu-server/401.conf' does not exist`);
  }
}

test.each<[string, Proxmox, unknown]>([
  ["where it was", { configs: { pve1: ROWS }, isIdFree: false }, { place: PLACE, ...SETTINGS }],
  [
    "on the node that it was moved to",
    { configs: { pve2: ROWS }, isIdFree: false, listed: [ELSEWHERE] },
    { place: { node: "pve2", vmid: 401 }, ...SETTINGS },
  ],
  [
    "on the node that it was moved to, where the token may not ask on the old one",
    { configs: { pve1: "denied", pve2: ROWS }, isIdFree: false, listed: [ELSEWHERE] },
    { place: { node: "pve2", vmid: 401 }, ...SETTINGS },
  ],
  ["nowhere once its id is free", { isIdFree: true }, "gone"],
  ["nowhere once its id is free, denied or not", { configs: { pve1: "denied" }, isIdFree: true }, "gone"],
  ["hidden where its id is taken by what is not shown", { isIdFree: false }, "hidden"],
  [
    "hidden where its id is taken by a container",
    { isIdFree: false, listed: [{ ...ELSEWHERE, type: "lxc" }] },
    "hidden",
  ],
  ["hidden where it leaves its new node at this moment", { isIdFree: false, listed: [ELSEWHERE] }, "hidden"],
])("a VM is found %s", async (_case, proxmox, found) => {
  expect(await locateVm(new FakeClient(proxmox), STATE)).toEqual(found);
});

test.each<[string, readonly ClusterVm[]]>([
  ["no list shows it", []],
  ["the list shows it where it was", [{ ...ELSEWHERE, node: "pve1" }]],
])("a VM that may not be seen is not taken for gone while its id is taken and %s", async (_case, listed) => {
  const client = new FakeClient({ configs: { pve1: "denied" }, isIdFree: false, listed });
  await expect(locateVm(client, STATE)).rejects.toMatchObject({
    status: 403,
    said: "Permission check failed (/vms/401, VM.Audit)",
  });
});

test("any other failure is no answer to where a VM is", async () => {
  const client = new FakeClient({ isIdFree: true });
  jest
    .spyOn(client, "get")
    .mockRejectedValue(new ApiError({ method: "GET", path: "/x" }, 595, "no route to host"));
  await expect(locateVm(client, STATE)).rejects.toMatchObject({ status: 595 });
});

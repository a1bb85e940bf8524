import type { Logger } from "../../../provider/logger";
import { VERSION } from "../../../provider/data-sources/version";
import type { Context } from "../../../provider/plugin/provider";
import { emptyObject } from "../../../provider/plugin/schema";
import type { ObjectValue } from "../../../provider/plugin/value";
import { ApiClient } from "../../../provider/proxmox/api-client";
import { ApiError, ConnectionError } from "../../../provider/proxmox/api-error";
import { QEMU } from "../../../provider/resources/qemu";
import { QEMU_SCHEMA } from "../../../provider/resources/qemu-schema";
import { Proxmox } from "../../../provider/session/proxmox";

const ignore = (): void => undefined;
const LOGGER: Logger = { error: ignore, warn: ignore, info: ignore, debug: ignore };

let nowMs = 0;

/** A host that lets every call wait for 20 s and then fails it as told. */
class SilentHost extends ApiClient {
  calls = 0;
  failure: (path: string) => Error = (path) =>
    new ConnectionError({ method: "GET", path }, "https://fake.invalid", "ETIMEDOUT", "no answer", false);
  #isBack = false;

  constructor() {
    super({
      endpoint: new URL("https://fake.invalid"),
      tokenId: "terraform@pve!provider",
      tokenSecret: "",
      logger: LOGGER,
    });
  }

  comeBack(): void {
    this.#isBack = true;
  }

  override get<T>(path: string): Promise<T> {
    this.calls += 1;
    if (this.#isBack) return Promise.resolve({ version: "9.2.11", release: "9.2", repoid: "14a2" } as T);
    nowMs += 20_000;
    return Promise.reject(this.failure(path));
  }
}

function run(host: SilentHost): Context<Proxmox> {
  return { client: new Proxmox(host, LOGGER), logger: LOGGER, stopping: new AbortController().signal };
}

function state(vmid: number): ObjectValue {
  const own = { id: `pve1/${vmid}`, vmid, name: `vm-${vmid}`, node: "pve1" };
  return { ...emptyObject(QEMU_SCHEMA.block), ...own };
}

beforeEach(() => {
  jest.spyOn(Date, "now").mockImplementation(() => nowMs);
});

afterEach(() => {
  jest.restoreAllMocks();
});

test("a host that is silent is waited for once in a refresh", async () => {
  const host = new SilentHost();
  const context = run(host);
  const first = await QEMU.read({ state: state(401) }, context);
  const { calls } = host;
  const others = [
    await QEMU.read({ state: state(402) }, context),
    await VERSION.read({ config: {} }, context),
  ];
  expect(host.calls).toBe(calls);
  const details = [first, ...others].map(({ diagnostics }) => diagnostics?.[0]?.detail);
  expect(details[0]).toContain("ETIMEDOUT");
  expect(new Set(details).size).toBe(1);
});

test("a host that is back is asked again half a minute later", async () => {
  const host = new SilentHost();
  const context = run(host);
  await VERSION.read({ config: {} }, context);
  host.comeBack();
  nowMs += 29_000;
  expect((await VERSION.read({ config: {} }, context)).state).toBeNull();
  nowMs += 2_000;
  expect((await VERSION.read({ config: {} }, context)).state).toMatchObject({ version: "9.2.11" });
});

test("one node that cannot be reached keeps nobody from the others", async () => {
  const host = new SilentHost();
  host.failure = (path) => new ApiError({ method: "GET", path }, 595, "No route to host");
  const context = run(host);
  await QEMU.read({ state: state(401) }, context);
  const { calls } = host;
  await QEMU.read({ state: state(402) }, context);
  expect(host.calls).toBeGreaterThan(calls);
});

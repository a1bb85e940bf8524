import { Agent, request } from "node:https";
import { type Simulator, type SimulatorOptions, startSimulator } from "../../simulator";

/** What the simulator answered. */
export interface Reply {
  readonly status: number;
  readonly reason: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** Undefined where the body is no JSON. */
  readonly body:
    { data?: unknown; message?: string; errors?: Record<string, string>; total?: number } | undefined;
}

/** A request that is no ordinary form. */
export interface RawRequest {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** @default the client's token, which is the simulator's unless it is said otherwise */
  readonly authorization?: string | null;
}

/** A simulator with a client of its own, for tests. */
export class TestSimulator {
  readonly #agent: Agent;
  readonly #others: TestSimulator[] = [];

  private constructor(
    readonly simulator: Simulator,
    private readonly authorization: string = simulator.authorization,
  ) {
    this.#agent = new Agent({ keepAlive: true, ca: simulator.caCertificatePem });
  }

  static async start(options: SimulatorOptions = {}): Promise<TestSimulator> {
    return new TestSimulator(await startSimulator({ speed: 2000, ...options }));
  }

  /** The same simulator for somebody else; closes with the first client. */
  as(token: string, secret: string): TestSimulator {
    const client = new TestSimulator(this.simulator, `PVEAPIToken=${token}=${secret}`);
    this.#others.push(client);
    return client;
  }

  /** A client of a simulator that runs already. */
  static of(simulator: Simulator): TestSimulator {
    return new TestSimulator(simulator);
  }

  /** Makes the next request on a connection of its own. */
  forgetConnections(): void {
    this.#agent.destroy();
  }

  async close(): Promise<void> {
    for (const client of this.#others) client.#agent.destroy();
    this.#agent.destroy();
    await this.simulator.close();
  }

  /** Sends exactly this. */
  raw(method: string, path: string, raw: RawRequest = {}): Promise<Reply> {
    const authorization = raw.authorization === undefined ? this.authorization : raw.authorization;
    const headers = {
      ...(authorization !== null && { Authorization: authorization }),
      ...(raw.body !== undefined && { "Content-Length": String(Buffer.byteLength(raw.body)) }),
      ...raw.headers,
    };
    return new Promise((resolve, reject) => {
      const outgoing = request(
        this.simulator.url + path,
        { method, headers, agent: this.#agent },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
          incoming.on("error", reject);
          incoming.on("end", () => {
            const text = Buffer.concat(chunks).toString();
            resolve({
              status: incoming.statusCode ?? 0,
              reason: incoming.statusMessage ?? "",
              headers: incoming.headers,
              text,
              body: parse(text),
            });
          });
        },
      );
      outgoing.on("error", reject);
      outgoing.end(raw.body);
    });
  }

  /** Sends parameters as a form, or in the query of a GET or DELETE. */
  call(method: string, path: string, parameters: Record<string, string> = {}): Promise<Reply> {
    const form = new URLSearchParams(parameters).toString();
    const target = `/api2/json${path}`;
    if (method === "GET" || method === "DELETE") {
      return this.raw(method, form === "" ? target : `${target}?${form}`);
    }
    const headers = { "Content-Type": "application/x-www-form-urlencoded" };
    return this.raw(method, target, form === "" ? {} : { headers, body: form });
  }

  /** The data of a call that must go well. */
  async data<T = Record<string, unknown>>(
    method: string,
    path: string,
    parameters: Record<string, string> = {},
  ): Promise<T> {
    const reply = await this.call(method, path, parameters);
    if (reply.status !== 200) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`);
    return reply.body?.data as T;
  }

  /** The configuration of a VM. */
  config(vmid: number, parameters: Record<string, string> = {}): Promise<Record<string, unknown>> {
    return this.data("GET", `/nodes/pve1/qemu/${vmid}/config`, parameters);
  }

  /** How the task of a call ends. */
  async task(method: string, path: string, parameters: Record<string, string> = {}): Promise<string> {
    return this.outcome(await this.data<string>(method, path, parameters));
  }

  /** How a task ends. */
  async outcome(upid: string): Promise<string> {
    const node = upid.split(":")[1] ?? "";
    for (;;) {
      const status = await this.data("GET", `/nodes/${node}/tasks/${encodeURIComponent(upid)}/status`);
      if (status.status === "stopped") return String(status.exitstatus);
    }
  }

  /** All lines of a task's log. */
  async log(upid: string): Promise<string[]> {
    const node = upid.split(":")[1] ?? "";
    const path = `/nodes/${node}/tasks/${encodeURIComponent(upid)}/log`;
    const rows = await this.data<{ t: string }[]>("GET", path, { limit: "0" });
    return rows.map(({ t }) => t);
  }

  /** A stopped VM: a full clone of the template 400. */
  async clone(newid: number, parameters: Record<string, string> = {}): Promise<void> {
    const outcome = await this.task("POST", "/nodes/pve1/qemu/400/clone", {
      newid: String(newid),
      full: "1",
      ...parameters,
    });
    if (outcome !== "OK") throw new Error(`clone: ${outcome}`);
  }
}

function parse(text: string): Reply["body"] {
  try {
    return JSON.parse(text) as Reply["body"];
  } catch {
    return undefined;
  }
}

import { connect } from "node:tls";
import { type Simulator, type SimulatorOptions, startSimulator } from "../../../simulator";
import { TestSimulator } from "../client";
import type { Exchange } from "./recordings";

/** Turns of the event loop after which a request that is not answered is taken to wait for simulated time. */
const IDLE_TURNS = 50;

/** What the simulator answered, in the shape of a recorded response. */
export type SimulatedResponse = NonNullable<Exchange["response"]>;

/** A simulator whose time stands still but for what a request waits for. */
export class ReplayedServer {
  private constructor(
    readonly simulator: Simulator,
    readonly client: TestSimulator,
  ) {}

  static async start(options: SimulatorOptions): Promise<ReplayedServer> {
    const simulator = await startSimulator({ ...options, speed: 0 });
    return new ReplayedServer(simulator, TestSimulator.of(simulator));
  }

  close(): Promise<void> {
    return this.client.close();
  }

  /** Sends a request; time moves on only while it waits for its answer. */
  async send(request: NonNullable<Exchange["request"]>): Promise<SimulatedResponse> {
    const { Authorization: authorization = null, ...headers } = request.headers;
    const reply = await this.#whileTimeMoves(
      this.client.raw(request.method, request.path, {
        headers,
        authorization,
        ...(request.body !== null && { body: request.body }),
      }),
    );
    const { status, reason, headers: received, text, body } = reply;
    return { status, reason, headers: flat(received), body_text: text, ...(body !== undefined && { body }) };
  }

  /** Makes the next request on a connection of its own, which any process of the server may take. */
  forgetConnections(): void {
    this.client.forgetConnections();
  }

  /** Sends bytes and reads all that is answered until the server closes, or has sent what it announced. */
  sendRaw(bytes: string): Promise<string> {
    return this.#whileTimeMoves(
      new Promise((resolve, reject) => {
        let received = "";
        const socket = connect({ port: this.simulator.port, ca: this.simulator.caCertificatePem }, () => {
          socket.write(bytes);
        });
        socket.on("error", reject);
        socket.on("close", () => {
          resolve(received);
        });
        socket.on("data", (chunk: Buffer) => {
          received += chunk.toString("latin1");
          if (isComplete(received)) socket.destroy();
        });
      }),
    );
  }

  /** Moves time on until a task has ended. */
  async finishTask(upid: string): Promise<void> {
    const isRunning = (): boolean =>
      this.simulator.tasks().some((task) => task.upid === upid && task.exitStatus === undefined);
    await this.settle();
    while (isRunning()) await this.simulator.time.step();
    await this.settle();
  }

  /** Moves time on until all tasks have ended. */
  async finishTasks(): Promise<void> {
    for (const { upid } of this.simulator.tasks()) await this.finishTask(upid);
  }

  /** Moves time on until a task has ended, and says how. */
  async outcome(upid: string): Promise<string | undefined> {
    await this.finishTask(upid);
    return this.simulator.tasks().find((task) => task.upid === upid)?.exitStatus;
  }

  /** Moves time on until a running task has written so many lines. */
  async reachLogLine(upid: string, count: number): Promise<void> {
    await this.settle();
    const isEarlier = (): boolean =>
      this.simulator
        .tasks()
        .some((task) => task.upid === upid && task.exitStatus === undefined && task.log.length < count);
    while (isEarlier()) await this.simulator.time.step();
  }

  /** Lets everything happen that needs no time. */
  async settle(): Promise<void> {
    for (let turn = 0; turn < IDLE_TURNS; turn += 1) await nextTurn();
  }

  async #whileTimeMoves<T>(pending: Promise<T>): Promise<T> {
    const state = { isDone: false };
    const done = pending.finally(() => {
      state.isDone = true;
    });
    // Without this, a request that fails would do so before anybody looks at it.
    done.catch(() => undefined);
    let idleTurns = 0;
    while (!state.isDone) {
      await nextTurn();
      idleTurns = this.simulator.openRequestCount() > 0 ? idleTurns + 1 : 0;
      if (idleTurns < IDLE_TURNS) continue;
      await this.simulator.time.step();
      idleTurns = 0;
    }
    await this.settle();
    return done;
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function isComplete(received: string): boolean {
  const [head = "", body] = received.split("\r\n\r\n", 2);
  const length = /^content-length: (\d+)$/im.exec(head)?.[1];
  return body !== undefined && length !== undefined && body.length >= Number(length);
}

/** Headers as the recording client kept them: of one that comes twice, the last. */
function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      name === "connection" ? String(value).split(", ").at(-1) : String(value),
    ]),
  ) as Record<string, string>;
}

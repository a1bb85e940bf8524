import type { SimulatorOptions } from "../../../simulator";
import { Comparison, type Difference } from "./comparison";
import type { Exchange, Transcript } from "./recordings";
import { SECRET } from "./recorded-world";
import { ReplayedServer } from "./replayed-server";

/** Headers that a client can see and that do not depend on the moment or on the order of keys. */
const HEADERS = ["cache-control", "connection", "content-type", "pragma", "server"];

/** What was removed on the recorded host itself before an exchange. */
const LOST_VOLUMES: Readonly<Record<string, readonly string[]>> = {
  "cfg disk file lost": ["local-vm-zfs:460/vm-460-disk-0.qcow2"],
};

/** What the recording host's own doings answered. */
const NOT_REPLAYED = new Set([
  // The agent was a script that took every command and had one answer; after its first shutdown it had ended.
  "exec string",
  "exec-status",
  "ifaces after the agent died",
]);

/** How the recording client watched a list: at most for as long as hosts take to broadcast and processes to read. */
const WATCH = { everySeconds: 0.25, looks: 60 } as const;

/** What came out of a replay. */
export interface Outcome {
  readonly exchangeCount: number;
  /** What differs and may not, a line each: exchange, path, recorded and simulated value. */
  readonly deviations: readonly string[];
  /** How often each allowed difference was met. */
  readonly allowed: ReadonlyMap<string, number>;
}

/** Sends everything that a transcript holds and compares the answers. */
export async function replay(transcript: Transcript, options: SimulatorOptions): Promise<Outcome> {
  const server = await ReplayedServer.start(options);
  try {
    const player = new Player(server, transcript);
    const deviations: string[] = [];
    for (const [index, exchange] of transcript.exchanges.entries()) {
      const differences = await player.play(exchange);
      deviations.push(...differences.map((difference) => `${index} ${exchange.label}: ${print(difference)}`));
    }
    return { exchangeCount: transcript.exchanges.length, deviations, allowed: player.comparison.used };
  } finally {
    await server.close();
  }
}

/** A difference as a line of a report. */
export function print({ path, recorded, simulated }: Difference): string {
  return `${path} is ${JSON.stringify(simulated)}, was ${JSON.stringify(recorded)}`;
}

class Player {
  readonly comparison = new Comparison();
  /** Simulated seconds of the last exchange of each name: `clone`, `start`. */
  readonly #happened = new Map<string, number>();

  /** When the first task of the recording began, in the ticks that task ids count. */
  readonly #firstTicks: number;

  constructor(
    private readonly server: ReplayedServer,
    { exchanges }: Transcript,
  ) {
    const begun = exchanges.flatMap(
      ({ response }) => /^{"data":"(UPID[^"]+)"}$/.exec(response?.body_text ?? "")?.[1] ?? [],
    );
    this.#firstTicks = Math.min(...begun.map(ticksOf));
  }

  async play(exchange: Exchange): Promise<Difference[]> {
    const { request, response, raw_request: bytes, raw_response: answer } = exchange;
    if (bytes !== undefined) {
      const simulated = await this.server.sendRaw(this.#translate(bytes));
      return this.comparison.compare(readRaw(answer ?? ""), readRaw(simulated), "raw");
    }
    if (request === undefined || response === undefined || response.status === null) return [];
    if (NOT_REPLAYED.has(exchange.label)) return [];
    for (const volumeId of LOST_VOLUMES[exchange.label] ?? []) this.server.simulator.loseVolume(volumeId);
    if (!isWatched(exchange)) await this.#reachMoment(exchange);
    const translated = {
      ...request,
      path: this.#translate(request.path),
      body: request.body === null ? null : this.#translate(request.body),
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, this.#translate(value)]),
      ),
    };
    const ask = async (): Promise<Difference[]> => {
      const simulated = await this.server.send(translated);
      return this.comparison.compare(this.#withoutHistory(essence(response)), essence(simulated), "");
    };
    return isWatched(exchange) ? this.#watch(ask) : ask();
  }

  /**
   * Asks until the answer is the recorded one. The recording client watched a list and kept only what had changed since
   * its last look; when that was depended on the moment of a broadcast and on the process that answered.
   */
  async #watch(ask: () => Promise<Difference[]>): Promise<Difference[]> {
    let differences = await ask();
    for (let look = 0; look < WATCH.looks && differences.length > 0; look += 1) {
      await this.server.simulator.time.advance(WATCH.everySeconds);
      differences = await ask();
    }
    return differences;
  }

  /** Leaves out tasks from before the recording, and how many they were. */
  #withoutHistory(response: Record<string, unknown>): Record<string, unknown> {
    const { body } = response as { body: { data?: unknown; total?: number } };
    if (!Array.isArray(body.data)) return response;
    const rows = body.data.filter(
      ({ upid }: { upid?: string }) => upid === undefined || ticksOf(upid) >= this.#firstTicks,
    );
    if (rows.length === body.data.length) return response;
    const total = body.total === undefined ? {} : { total: rows.length };
    return { ...response, body: { ...body, data: rows, ...total } };
  }

  /** Moves time on to where the genuine server was when it was asked. */
  async #reachMoment({ label, request, response }: Exchange): Promise<void> {
    const { simulator } = this.server;
    const told = response?.body_text ?? "";
    const [, secondsAfter, event = ""] = /([\d.]+) s after (\w+)$/.exec(label) ?? [];
    if (secondsAfter !== undefined) {
      const dueSeconds = (this.#happened.get(event) ?? 0) + Number(secondsAfter);
      await simulator.time.advance(Math.max(dueSeconds - simulator.time.now(), 0));
    }
    this.#happened.set(label.split(" ")[0] ?? "", simulator.time.now());
    const upid = /\/tasks\/(UPID[^/]+)\/(?:status|log)/.exec(request?.path ?? "")?.[1];
    if (upid === undefined) return;
    const task = this.comparison.bindings.simulated(decodeURIComponent(upid));
    if (/"exitstatus":|"TASK |"status":"stopped"/.test(told)) await this.server.finishTask(task);
    else await this.server.reachLogLine(task, Number(/"total":(\d+)/.exec(told)?.[1] ?? 0));
  }

  /** Puts the simulator's made-up values in the place of recorded ones. */
  #translate(text: string): string {
    let translated = text.replaceAll("<secret>", SECRET);
    for (const [recorded, simulated] of this.comparison.bindings.pairs()) {
      translated = translated
        .replaceAll(recorded, simulated)
        .replaceAll(encoded(recorded), encoded(simulated));
    }
    return translated;
  }
}

/** When a task began, in ticks since its host started. */
function ticksOf(upid: string): number {
  return Number.parseInt(upid.split(":")[3] ?? "", 16);
}

/** Whether an exchange shows a list that the recording client watched. */
function isWatched({ label, request }: Exchange): boolean {
  return / s after /.test(label) && request?.path.includes("/cluster/resources") === true;
}

/** Percent-encoded as the recording client did it: all but what is never special. */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll("!", "%21");
}

/** What is compared of a response. */
function essence(response: NonNullable<Exchange["response"]>): Record<string, unknown> {
  const received = new Map(
    Object.entries(response.headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    status: response.status,
    reason: response.reason,
    headers: Object.fromEntries(HEADERS.map((name) => [name, received.get(name)])),
    body: response.body ?? response.body_text,
  };
}

/** A response from the wire, for {@link essence}. */
function readRaw(text: string): Record<string, unknown> {
  const end = text.indexOf("\r\n\r\n");
  const [first = "", ...lines] = text.slice(0, end).split("\r\n");
  const [, version, status, reason = ""] = /^(\S+) (\d+) (.*)$/.exec(first) ?? [];
  const body = text.slice(end + 4);
  const headers = lines
    .map((line) => line.split(": ", 2))
    .filter(([name]) => HEADERS.includes((name ?? "").toLowerCase()));
  return { version, status, reason, headers: headers.map((header) => header.join(": ")), body: parse(body) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

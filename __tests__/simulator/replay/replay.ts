import type { SimulatorOptions } from "../../../simulator";
import { Comparison, type Difference } from "./comparison";
import type { Exchange, Transcript } from "./recordings";
import { SECRET } from "./recorded-world";
import { ReplayedServer } from "./replayed-server";

/** Headers that a client can see and that do not depend on the moment or on the order of keys. */
const HEADERS = ["cache-control", "connection", "content-type", "pragma", "server"];

/** What was removed on the recorded host itself before an exchange, by transcript and label. */
const LOST_VOLUMES: Readonly<Record<string, readonly string[]>> = {
  "protection-and-disks: cfg disk file lost": ["local-vm-zfs:460/vm-460-disk-0.qcow2"],
};

/** What the recording host's own doings answered, by transcript and label. */
const NOT_REPLAYED = new Set([
  // The agent was a script that took every command and had one answer; after its first shutdown it had ended.
  "guest-agent: exec string",
  "guest-agent: exec-status",
  "guest-agent: ifaces after the agent died",
]);

/** How the recording client watched a list: at most for as long as hosts take to broadcast and processes to read. */
const WATCH = { everySeconds: 0.1, looks: 150, more: 10 } as const;

/**
 * Sends everything that a transcript holds and compares the answers.
 *
 * @returns what differs and may not, a line each: exchange, path, recorded and simulated value
 */
export async function replay(transcript: Transcript, options: SimulatorOptions): Promise<string[]> {
  const server = await ReplayedServer.start(options);
  try {
    const player = new Player(server, transcript.name);
    const deviations: string[] = [];
    for (const [index, exchange] of transcript.exchanges.entries()) {
      const differences = await player.play(exchange);
      deviations.push(...differences.map((difference) => `${index} ${exchange.label}: ${print(difference)}`));
    }
    return deviations;
  } finally {
    await server.close();
  }
}

/** A difference as a line of a report. */
export function print({ path, recorded, simulated }: Difference): string {
  return `${path} is ${JSON.stringify(simulated)}, was ${JSON.stringify(recorded)}`;
}

class Player {
  readonly #comparison = new Comparison();
  /** Simulated seconds of the last exchange of each name: `clone`, `start`. */
  readonly #happened = new Map<string, number>();

  constructor(
    private readonly server: ReplayedServer,
    private readonly transcriptName: string,
  ) {}

  async play(exchange: Exchange): Promise<Difference[]> {
    const { request, response, raw_request: bytes, raw_response: answer } = exchange;
    if (bytes !== undefined) {
      const simulated = await this.server.sendRaw(this.#translate(bytes));
      return this.#comparison.compare(readRaw(answer ?? ""), readRaw(simulated), "raw");
    }
    if (request === undefined || response === undefined || response.status === null) return [];
    const key = `${this.transcriptName}: ${exchange.label}`;
    if (NOT_REPLAYED.has(key)) return [];
    for (const volumeId of LOST_VOLUMES[key] ?? []) this.server.simulator.loseVolume(volumeId);
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
      return this.#compare(essence(response), essence(simulated));
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
      this.server.forgetConnections();
      differences = await ask();
    }
    // It went on looking: every process of the server has read the list within the last moments.
    for (let look = 0; look < WATCH.more; look += 1) {
      this.server.forgetConnections();
      await ask();
    }
    return differences;
  }

  /**
   * Compares answers. Where the recorded one lists tasks that no exchange started (earlier ones, or those by which the
   * recording client tidied up), only the others are compared.
   */
  #compare(recorded: Essence, simulated: Essence): Difference[] {
    const { bindings } = this.#comparison;
    const [rows, others] = [tasksIn(recorded), tasksIn(simulated)];
    const known = rows.filter(({ upid }) => bindings.knows(upid));
    if (known.length === rows.length && !isCut(recorded, rows))
      return this.#comparison.compare(recorded, simulated, "");
    const wanted = new Set(known.map(({ upid }) => bindings.simulated(upid)));
    const listed = others.filter(({ upid }) => wanted.has(upid));
    return this.#comparison.compare(withRows(recorded, known), withRows(simulated, listed), "");
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
    const upid = taskOf(request?.path);
    if (upid === undefined && hasEnded(told)) await this.server.finishTasks();
    if (upid === undefined) return;
    const task = this.#comparison.bindings.simulated(upid);
    if (/"exitstatus":|"TASK |"status":"stopped"/.test(told)) await this.server.finishTask(task);
    else await this.server.reachLogLine(task, Number(/"total":(\d+)/.exec(told)?.[1] ?? 0));
  }

  /** Puts the simulator's made-up values in the place of recorded ones. */
  #translate(text: string): string {
    let translated = text.replaceAll("<secret>", SECRET);
    for (const [recorded, simulated] of this.#comparison.bindings.pairs()) {
      translated = translated
        .replaceAll(recorded, simulated)
        .replaceAll(encoded(recorded), encoded(simulated));
    }
    return translated;
  }
}

/** Whether an exchange shows a list that the recording client watched. */
function isWatched({ label, request }: Exchange): boolean {
  return / s after /.test(label) && request?.path.includes("/cluster/resources") === true;
}

/** The task that a path asks about. */
function taskOf(path = ""): string | undefined {
  const upid = /\/tasks\/(UPID[^/?]+)/.exec(path)?.[1];
  return upid === undefined ? undefined : decodeURIComponent(upid);
}

/** Whether an answer is a list of tasks that had all ended. */
function hasEnded(text: string): boolean {
  const count = (mark: RegExp): number => text.match(mark)?.length ?? 0;
  return text.includes('"upid":') && count(/"upid":/g) === count(/"endtime":/g);
}

/** Percent-encoded as the recording client did it: all but what is never special. */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll("!", "%21");
}

/** What is compared of a response. */
type Essence = Readonly<Record<string, unknown>> & { readonly body: unknown };

type TaskRow = Readonly<Record<string, unknown>> & { readonly upid: string };

function tasksIn({ body }: Essence): TaskRow[] {
  const { data } = (body ?? {}) as { data?: unknown };
  if (!Array.isArray(data)) return [];
  return data.filter((row): row is TaskRow => typeof row === "object" && row !== null && "upid" in row);
}

/** Whether a list of tasks is longer than what is shown of it. */
function isCut({ body }: Essence, rows: readonly TaskRow[]): boolean {
  const { total } = (body ?? {}) as { total?: number };
  return rows.length > 0 && total !== undefined && total > rows.length;
}

/** The same answer with these rows, however many there were. */
function withRows(response: Essence, data: readonly TaskRow[]): Essence {
  return { ...response, body: { data } };
}

/** Takes out of a response what is compared of it. */
function essence(response: NonNullable<Exchange["response"]>): Essence {
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

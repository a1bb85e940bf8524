import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { type FaultControl, InvalidFaults } from "../faults/control";

/** The largest body that is taken. */
const MAX_BODY_BYTES = 256 * 1024;

/** What can be read and steered. */
export interface Controlled {
  readonly control: FaultControl;
  /** Records by name: what `GET /NAME` answers. */
  readonly records: Readonly<Record<string, () => unknown>>;
}

/** A call that is refused: its status and what to tell, one fault a line. */
class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly errors: readonly string[],
  ) {
    super(errors.join("\n"));
    this.name = "Refusal";
  }
}

/** A server, yet to listen, by which a simulator's faults are steered and its records read: HTTP and JSON. */
export function createControlServer(controlled: Controlled): Server {
  return createServer((request, response) => {
    void answer(controlled, request, response);
  });
}

async function answer(
  controlled: Controlled,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { status, body } = await carryOut(controlled, request);
    send(response, status, body);
  } catch (error) {
    if (error instanceof Refusal) send(response, error.status, { errors: error.errors });
    else if (error instanceof InvalidFaults) send(response, 400, { errors: error.faults });
    else send(response, 500, { errors: [error instanceof Error ? error.message : String(error)] });
  }
}

async function carryOut(
  { control, records }: Controlled,
  request: IncomingMessage,
): Promise<{ status: number; body?: unknown }> {
  refuseBrowsers(request);
  const { method = "" } = request;
  const path = (request.url ?? "/").split("?")[0] ?? "/";
  const [, name = "", id, ...rest] = path.split("/");
  const record = Object.hasOwn(records, name) ? records[name] : undefined;
  if (rest.length === 0 && name === "faults") {
    if (id === undefined && method === "GET") return { status: 200, body: control.faults() };
    if (id === undefined && method === "POST") {
      return { status: 201, body: { ids: control.add(await readJson(request)) } };
    }
    if (method === "DELETE") {
      removeFaults(control, id);
      return { status: 204 };
    }
  }
  if (method === "GET" && id === undefined && record !== undefined) return { status: 200, body: record() };
  const known = [
    "GET, POST, DELETE /faults",
    "DELETE /faults/ID",
    ...Object.keys(records).map((each) => `GET /${each}`),
  ];
  throw new Refusal(404, [`${method} ${path} is no control call; there are: ${known.join(", ")}`]);
}

function removeFaults(control: FaultControl, id: string | undefined): void {
  if (id === undefined) control.clear();
  else if (!control.remove(decodeURIComponent(id))) {
    const ids = control.faults().map((fault) => fault.id);
    throw new Refusal(404, [`there is no fault '${id}'; there are: ${ids.join(", ") || "none"}`]);
  }
}

/** A page in a browser of this machine must not steer the simulator. */
function refuseBrowsers({ headers }: IncomingMessage): void {
  const isLocal = /^(?:localhost|127(?:\.\d+){3}|\[::1\])(?::\d+)?$/.test(headers.host ?? "");
  if (headers.origin !== undefined || !isLocal) {
    throw new Refusal(403, [
      "the control port takes no calls from web pages, and only those to a loopback address",
    ]);
  }
}

async function readJson(request: IncomingMessage): Promise<[]> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length > MAX_BODY_BYTES) throw new Refusal(413, [`the body must be ${MAX_BODY_BYTES} bytes at most`]);
  }
  try {
    // What it holds is checked where faults are added.
    return [JSON.parse(Buffer.concat(chunks).toString("utf8"))].flat() as [];
  } catch (error) {
    throw new Refusal(400, [`the body must be JSON: a fault or a list of them; ${(error as Error).message}`]);
  }
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.statusCode = status;
  if (status >= 400) response.shouldKeepAlive = false;
  if (body === undefined) {
    response.end();
    return;
  }
  response.setHeader("Content-Type", "application/json");
  response.end(`${JSON.stringify(body, undefined, 2)}\n`);
}

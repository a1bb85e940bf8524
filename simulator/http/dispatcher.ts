import type { Caller } from "../access/caller";
import { checkPermissions } from "../access/check-permissions";
import { denied, Rights } from "../access/rights";
import type { IncomingMessage, ServerResponse } from "node:http";
import { SpoiledAnswer, withCallFaults } from "../faults/call-faults";
import type { FaultList } from "../faults/fault-list";
import { ApiError, failure } from "../schema/api-error";
import { ALL_CALLS } from "../api/all-calls";
import { assertNoConflicts, checkParameters } from "../api/parameters";
import { type Route, Router } from "../api/router";
import type { RawParameters } from "../schema/types";
import type { World } from "../world/world";
import { authenticate, type LoggedIn } from "./authentication";
import { decodeForm, readBody } from "./request-body";
import { passThroughDaemon, PlainError, sendData, sendError } from "./response";
import { spoilAnswer } from "./spoiled-answer";

const METHODS = new Set(["GET", "POST", "PUT", "DELETE"]);

/** How many processes the web server has. */
const PROCESSES = 3;

/** The calls directly below the root, as its index names them. */
const ROOT_INDEX = ["version", "cluster", "nodes", "storage", "access", "pools"].map((subdir) => ({
  subdir,
}));

/**
 * Answers requests, checking them in the order of the genuine server: transport, login, route, permission, node,
 * parameters, and only then what the call itself finds.
 */
export class Dispatcher {
  readonly #router = new Router(ALL_CALLS);
  /** The process that took a connection, by its socket. */
  readonly #processes = new WeakMap<object, number>();
  #draw = 1;

  constructor(
    private readonly world: World,
    private readonly faults: FaultList,
  ) {}

  /** Answers one request; never rejects. */
  async dispatch(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      // The simulator's address is that of the first node.
      if (this.world.trouble.offlineNodes.has(this.world.nodes[0] ?? "")) response.destroy();
      else sendData(response, await this.#answer(request, response));
    } catch (error) {
      if ((error instanceof PlainError || error instanceof ApiError) && error.status === 401) {
        await this.world.clock.sleep(this.world.profile.refusedLoginSeconds);
      }
      if (error instanceof SpoiledAnswer) spoilAnswer(response, error);
      else sendError(response, error);
    }
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<unknown> {
    const method = request.method ?? "";
    if (!METHODS.has(method)) throw new PlainError(501, `method '${method}' not available`, "");
    if (request.headers["transfer-encoding"]?.toLowerCase() === "chunked") {
      throw new PlainError(501, "chunked transfer encoding not supported");
    }
    const url = request.url ?? "/";
    const query = url.indexOf("?");
    const rawPath = query === -1 ? url : url.slice(0, query);
    const login = authenticate(request, this.world.access);
    if ("refusal" in login) throw new PlainError(401, login.refusal, "");
    const body = await readBody(request);
    const path = apiPath(rawPath);
    if (path === "" && method === "GET") return ROOT_INDEX;
    const route = this.#router.find(method, path);
    if (route === undefined) throw new ApiError(501, `Method '${method} ${path || "/"}' not implemented`);
    const { endpoint, pathParameters } = route;
    if (endpoint.protected === true) passThroughDaemon(response);
    const sent = { ...body, ...decodeForm(query === -1 ? "" : url.slice(query + 1)) };
    assertNoConflicts(pathParameters, sent);
    const caller = login.caller ?? NOBODY;
    const rights = new Rights(this.world.access, caller);
    assertAllowed(route, path, login, rights, sent);
    if (endpoint.proxyto === "node") this.#assertNode(pathParameters.node);
    const { values, lists, nulls } = checkParameters(endpoint, pathParameters, sent);
    const { world } = this;
    const subject = { method, path, parameters: values, task: world.tasks.find(values.upid ?? "") };
    return withCallFaults(this.faults, world, subject, () =>
      endpoint.handle({
        world,
        caller,
        rights,
        parameters: values,
        lists,
        nulls,
        process: this.#processOf(request),
      }),
    );
  }

  /** Any process may take a connection; which one does looks random, and is the same in every run. */
  #processOf({ socket }: IncomingMessage): number {
    const known = this.#processes.get(socket);
    if (known !== undefined) return known;
    this.#draw = (this.#draw * 48271) % 2147483647;
    const process = this.#draw % PROCESSES;
    this.#processes.set(socket, process);
    return process;
  }

  #assertNode(node: string | undefined): void {
    if (node === undefined) return;
    if (this.world.trouble.offlineNodes.has(node)) throw new PlainError(595, "No route to host", "");
    if (this.world.nodes.includes(node)) return;
    const cause = `failed to get address info for: ${node}: Name or service not known`;
    throw failure(`hostname lookup '${node}' failed - ${cause}`);
  }
}

/** Who makes the calls that need no login. */
const NOBODY: Caller = { user: "" };

/** Refuses whoever may not make the call with these parameters, which have not been checked yet. */
function assertAllowed(
  route: Route,
  path: string,
  login: LoggedIn,
  rights: Rights,
  sent: RawParameters,
): void {
  if (login.hasToken && route.endpoint.allowsTokens === false) {
    throw denied(`URI '${path}' not available with API token, need proper ticket.\n`);
  }
  const texts = Object.entries({ ...sent, ...route.pathParameters }).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  const isLoggedIn = login.caller !== undefined;
  checkPermissions(route.endpoint.permissions, isLoggedIn ? rights : undefined, Object.fromEntries(texts));
}

/** The path below `/api2/json`, without doubled and trailing slashes: `/nodes/pve1`. */
function apiPath(rawPath: string): string {
  const path = rawPath.replace(/\/{2,}/g, "/").replace(/\/$/, "");
  const match = /^\/api2(?:\/([^/]+)(\/.*)?)?$/.exec(path);
  if (match === null) throw new PlainError(500, `no such file '${rawPath}'`, `no such file '${rawPath}'\n`);
  const [, formatter, rest = ""] = match;
  if (formatter === undefined) throw new PlainError(501, "no such uri");
  if (formatter !== "json" && formatter !== "extjs")
    throw new PlainError(501, `no formatter for uri ${rest}, ${formatter}`);
  return rest;
}

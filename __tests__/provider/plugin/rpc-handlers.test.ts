import { errorDiagnostic } from "../../../provider/plugin/diagnostic";
import { createLogger } from "../../../provider/plugin/json-logger";
import { decodeBlock, encodeBlock } from "../../../provider/plugin/msgpack";
import type {
  Context,
  DataSource,
  DataSourceResult,
  Provider,
  Resource,
  ResourceResult,
} from "../../../provider/plugin/provider";
import type { DiagnosticMessage } from "../../../provider/plugin/rpc-types";
import { rpcHandlers } from "../../../provider/plugin/rpc-handlers";
import type { Block } from "../../../provider/plugin/schema";
import { Session } from "../../../provider/plugin/session";
import type { ObjectValue } from "../../../provider/plugin/value";
import { UNKNOWN } from "../../../provider/plugin/value";

const BLOCK: Block = {
  description: "",
  attributes: {
    id: { type: "string", computed: true, description: "" },
    name: { type: "string", required: true, description: "" },
    size: { type: "number", optional: true, description: "" },
  },
  blocks: { disk: { nesting: "list", block: { description: "", attributes: {} } } },
};
const CONFIG: ObjectValue = { id: null, name: "n", size: 2, disk: [] };
const STATE: ObjectValue = { ...CONFIG, id: "1" };

interface Answer {
  readonly diagnostics?: readonly DiagnosticMessage[];
  readonly [field: string]: unknown;
}

const logged: Record<string, unknown>[] = [];
const logger = createLogger("debug", (line) => logged.push(JSON.parse(line) as Record<string, unknown>));

function wire(values: ObjectValue | null) {
  return { msgpack: encodeBlock(values, BLOCK) };
}

/** The value in an answer. */
function value(field: unknown): ObjectValue | null {
  return decodeBlock((field as { msgpack: Uint8Array }).msgpack, BLOCK);
}

function details(answer: Answer): string {
  return (answer.diagnostics ?? []).map(({ summary, detail }) => `${summary}: ${detail}`).join("\n");
}

function found(state: ObjectValue): Promise<DataSourceResult> {
  return Promise.resolve({ state });
}

/** A provider whose one resource and one data source behave as told. */
async function serve(
  overrides: Partial<Resource<string>>,
  configured = true,
  dataSource: Partial<DataSource<string>> = {},
) {
  const unexpected = () => Promise.reject(new Error("not expected to be called"));
  const resource: Resource<string> = {
    schema: { version: 3, block: BLOCK },
    create: unexpected,
    read: unexpected,
    update: unexpected,
    delete: unexpected,
    ...overrides,
  };
  const provider: Provider<string> = {
    name: "test",
    version: "9.9.9",
    schema: { block: { description: "", attributes: {} } },
    resources: { test_thing: resource },
    dataSources: { test_thing: { schema: { block: BLOCK }, read: unexpected, ...dataSource } },
    configure: () => Promise.resolve({ client: "the client" }),
  };
  const session = new Session(provider, logger, ["a remark"]);
  const handlers = rpcHandlers(session);
  const call = async (name: string, request: object = {}): Promise<Answer> =>
    (await handlers[name]?.({ type_name: "test_thing", ...request })) as Answer;
  const configure = () => call("ConfigureProvider", { config: { msgpack: Uint8Array.of(0x80) } });
  if (configured) await configure();
  return { call, configure };
}

const CREATE = {
  prior_state: wire(null),
  planned_state: wire({ ...CONFIG, id: UNKNOWN }),
  config: wire(CONFIG),
};
const UPDATE = { prior_state: wire(STATE), planned_state: wire({ ...STATE, size: 3 }), config: wire(CONFIG) };
const DELETE = { prior_state: wire(STATE), planned_state: wire(null), config: wire(null) };

beforeEach(() => {
  logged.length = 0;
});

describe("apply", () => {
  test("a create that fails half-way hands over what there is, and the error", async () => {
    const half: ResourceResult = {
      state: { ...CONFIG, id: "7", size: UNKNOWN },
      diagnostics: [errorDiagnostic("Half", "Not started.", ["size"])],
    };
    const { call } = await serve({ create: () => Promise.resolve(half) });
    const answer = await call("ApplyResourceChange", CREATE);
    expect(value(answer.new_state)).toEqual({ ...CONFIG, id: "7", size: null });
    expect(answer.diagnostics).toEqual([
      {
        severity: 1,
        summary: "Half",
        detail: "Not started.",
        attribute: { steps: [{ attribute_name: "size" }] },
      },
    ]);
  });

  test("a value left unknown is told as a bug, and the rest is kept", async () => {
    const { call } = await serve({ create: ({ planned }) => Promise.resolve({ state: planned }) });
    const answer = await call("ApplyResourceChange", CREATE);
    expect(value(answer.new_state)).toEqual({ ...CONFIG, id: null });
    expect(details(answer)).toMatch(/Bug in the provider: After create the value of id is still unknown/);
  });

  test("a create whose answer does not fit the schema loses no resource", async () => {
    const { call } = await serve({ create: () => Promise.resolve({ state: { ...STATE, size: "2" } }) });
    const answer = await call("ApplyResourceChange", CREATE);
    expect(value(answer.new_state)).toEqual({ ...CONFIG, id: null });
    expect(details(answer)).toMatch(/attribute size: The value must be a number; got a string/);
  });

  test.each([
    ["create", CREATE, null],
    ["update", UPDATE, STATE],
    ["delete", DELETE, STATE],
  ])("a %s that throws is a diagnostic, and state stays as it was", async (operation, request, state) => {
    const { call } = await serve({ [operation]: () => Promise.reject(new TypeError("boom")) });
    const answer = await call("ApplyResourceChange", request);
    expect(value(answer.new_state)).toEqual(state);
    expect(details(answer)).toMatch(
      /^Bug in the provider: ApplyResourceChange failed unexpectedly. TypeError: boom/,
    );
    expect(details(answer)).not.toContain("rpc-handlers.test");
    expect(logged).toContainEqual(expect.objectContaining({ "@level": "error", resource: "test_thing" }));
  });

  test("nothing and no error after a create is a bug", async () => {
    const { call } = await serve({ create: () => Promise.resolve({ state: null }) });
    expect(details(await call("ApplyResourceChange", CREATE))).toMatch(/neither a resource nor an error/);
  });

  test("a delete without an error ends in nothing, one with an error keeps the resource", async () => {
    const gone = await serve({ delete: () => Promise.resolve([]) });
    expect(value((await gone.call("ApplyResourceChange", DELETE)).new_state)).toBeNull();
    const kept = await serve({ delete: () => Promise.resolve([errorDiagnostic("Locked", "Try again.")]) });
    expect(value((await kept.call("ApplyResourceChange", DELETE)).new_state)).toEqual(STATE);
  });
});

describe("state that was stored", () => {
  const upgrade = async (version: number, json: string) => {
    const { call } = await serve({}, false);
    return call("UpgradeResourceState", { version, raw_state: { json: Buffer.from(json) } });
  };

  test("attributes added since are null, those removed since are dropped", async () => {
    const answer = await upgrade(3, '{"id":"1","name":"n","old":true}');
    expect(value(answer.upgraded_state)).toEqual({ ...STATE, size: null });
  });

  test.each([
    ["of another version", 2, "{}", /version 2 .* 9\.9\.9 reads version 3 only/],
    ["of Terraform before 0.12", 3, "", /before 0\.12/],
    ["that is no JSON", 3, "{", /not valid JSON/],
    ["with a number too large", 3, '{"size":9007199254740993}', /size: The number cannot be held exactly/],
    ["of another type", 3, '{"name":["x"]}', /name: The value must be a string; got a list/],
  ])("state %s is refused with the reason", async (_what, version, json, text) => {
    expect(details(await upgrade(version, json))).toMatch(text);
  });
});

describe("data sources", () => {
  const config = { config: wire(CONFIG) };

  test("answer the configuration with what was found", async () => {
    const { call } = await serve({}, true, { read: ({ config: given }) => found({ ...given, id: "7" }) });
    const answer = await call("ReadDataSource", config);
    expect(value(answer.state)).toEqual({ ...CONFIG, id: "7" });
    expect(answer.diagnostics).toEqual([]);
  });

  test("answer nothing beside an error", async () => {
    const failed = () =>
      Promise.resolve({ state: null, diagnostics: [errorDiagnostic("Down", "No answer.")] });
    const { call } = await serve({}, true, { read: failed });
    const answer = await call("ReadDataSource", config);
    expect(answer.state).toBeUndefined();
    expect(details(answer)).toBe("Down: No answer.");
  });

  test.each([
    ["that throw", () => Promise.reject(new TypeError("boom")), /TypeError: boom/],
    [
      "that answer what does not fit",
      () => found({ ...CONFIG, id: 7 }),
      /attribute id: The value must be a string/,
    ],
  ])("%s are told as a bug", async (_what, read, text) => {
    const { call } = await serve({}, true, { read });
    expect(details(await call("ReadDataSource", config))).toMatch(text);
  });

  test("are checked across attributes too", async () => {
    const { call } = await serve({}, false, { validate: () => [errorDiagnostic("Pair", "Not both.")] });
    expect(details(await call("ValidateDataResourceConfig", config))).toBe("Pair: Not both.");
  });

  test("that the provider does not have are told from those it has", async () => {
    const { call } = await serve({});
    const answer = await call("ReadDataSource", { ...config, type_name: "test_other" });
    expect(details(answer)).toBe(
      'Unknown data source type: Provider test 9.9.9 has no data source "test_other"; it has: test_thing.',
    );
  });
});

describe("plan", () => {
  const plan = { prior_state: wire(STATE), proposed_new_state: wire(STATE), config: wire(CONFIG) };

  test("the resource has the last word", async () => {
    const { call } = await serve({
      plan: ({ planned }) => ({
        planned: { ...planned, id: UNKNOWN },
        requiresReplace: ["size"],
        diagnostics: [errorDiagnostic("No", "Not so.")],
      }),
    });
    const answer = await call("PlanResourceChange", plan);
    expect(value(answer.planned_state)).toEqual({ ...STATE, id: UNKNOWN });
    expect(answer.requires_replace).toEqual([{ steps: [{ attribute_name: "size" }] }]);
    expect(details(answer)).toBe("No: Not so.");
  });

  test("a create never replaces, a destroy is not planned", async () => {
    const { call } = await serve({ plan: ({ planned }) => ({ planned, requiresReplace: ["size"] }) });
    const create = await call("PlanResourceChange", { ...plan, prior_state: wire(null) });
    expect(create.requires_replace).toEqual([]);
    const destroy = await call("PlanResourceChange", {
      ...plan,
      proposed_new_state: wire(null),
      config: wire(null),
    });
    expect(value(destroy.planned_state)).toBeNull();
  });
});

describe("import", () => {
  test("what the resource knows from the id, null for the rest", async () => {
    const { call } = await serve({ importState: (id) => ({ state: { name: id } }) });
    const [imported] = (await call("ImportResourceState", { id: "x" })).imported_resources as {
      state: unknown;
    }[];
    expect(value(imported?.state)).toEqual({ id: null, name: "x", size: null, disk: [] });
  });

  test("a resource that cannot be imported says so", async () => {
    const { call } = await serve({});
    expect(details(await call("ImportResourceState", { id: "x" }))).toMatch(/test_thing cannot be imported/);
  });
});

test("a resource that read does not find is gone", async () => {
  const { call } = await serve({ read: () => Promise.resolve({ state: null }) });
  expect(value((await call("ReadResource", { current_state: wire(STATE) })).new_state)).toBeNull();
});

test("resources get the client, and waiting ends when Terraform asks for it, until it is configured anew", async () => {
  const signals: AbortSignal[] = [];
  const { call, configure } = await serve({
    read: ({ state }, context: Context<string>) => {
      expect(context.client).toBe("the client");
      signals.push(context.stopping);
      return Promise.resolve({ state });
    },
  });
  const read = () => call("ReadResource", { current_state: wire(STATE) });
  await read();
  expect(await call("StopProvider")).toEqual({ Error: "" });
  expect(signals[0]?.aborted).toBe(true);
  await configure();
  expect((await read()).diagnostics).toEqual([]);
  expect(signals[1]?.aborted).toBe(false);
});

test("before the provider is configured a resource is refused, and not taken for gone", async () => {
  const { call } = await serve({}, false);
  const answer = await call("ReadResource", { current_state: wire(STATE) });
  expect(details(answer)).toMatch(/^Provider not configured/);
  expect(value(answer.new_state)).toEqual(STATE);
});

test("a type that the provider does not have is refused with those that it has", async () => {
  const { call } = await serve({});
  const answer = await call("ValidateResourceConfig", { type_name: "test_other", config: wire(CONFIG) });
  expect(details(answer)).toMatch(/no resource "test_other"; it has: test_thing/);
});

test("remarks on the log settings reach the user as warnings", async () => {
  const { configure } = await serve({});
  expect((await configure()).diagnostics).toEqual([
    { severity: 2, summary: "Provider log settings", detail: "a remark" },
  ]);
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Readable } from "node:stream";
import { decode, encode } from "@msgpack/msgpack";
import type { Client } from "@grpc/grpc-js";
import { createCertificate } from "../../../provider/plugin/certificate";
import { encodeBlock } from "../../../provider/plugin/msgpack";
import { emptyObject } from "../../../provider/plugin/schema";
import type { ObjectValue } from "../../../provider/plugin/value";
import { UNKNOWN } from "../../../provider/plugin/value";
import { BOX_PROVIDER } from "./fixture/box-provider";
import type { Answer } from "./provider-process";
import { buildBoxProvider, call, holdOutput, invitation, ProviderProcess } from "./provider-process";

const BLOCK = BOX_PROVIDER.resources.box_box?.schema.block ?? { description: "", attributes: {} };

let folder: string;
let file: string;
const started: ProviderProcess[] = [];

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugin-test-"));
  file = await buildBoxProvider(folder);
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((provider) => provider.stop()));
});

afterAll(() => {
  fs.rmSync(folder, { recursive: true, force: true });
});

function start(environment: Record<string, string> = {}): ProviderProcess {
  // Sockets of providers that are killed would stay behind elsewhere.
  const provider = ProviderProcess.start(file, { TMPDIR: folder, ...environment });
  started.push(provider);
  return provider;
}

async function configured(provider: ProviderProcess): Promise<Client> {
  const client = await provider.connect();
  const answer = await call(client, "ConfigureProvider", { config: { msgpack: encode({ folder }) } });
  expect(answer.diagnostics).toEqual([]);
  return client;
}

/** Ends the provider as Terraform does; all that it wrote is read then. */
async function shutDown(provider: ProviderProcess, client: Client): Promise<void> {
  await call(client, "Shutdown", {}, "plugin.GRPCController");
  expect(await provider.ended).toBe(0);
}

function create(client: Client, values: ObjectValue): Promise<Answer> {
  const config = { ...emptyObject(BLOCK), size: 1, ...values };
  return call(client, "ApplyResourceChange", {
    type_name: "box_box",
    prior_state: { msgpack: encodeBlock(null, BLOCK) },
    planned_state: { msgpack: encodeBlock({ ...config, id: UNKNOWN, label: UNKNOWN }, BLOCK) },
    config: { msgpack: encodeBlock(config, BLOCK) },
  });
}

/** Fails by the test's own limit where the file does not come. */
async function waitForFile(file: string): Promise<void> {
  while (!fs.existsSync(file)) await new Promise(setImmediate);
}

function stateOf(answer: Answer): unknown {
  return decode((answer.new_state as { msgpack: Uint8Array }).msgpack);
}

test("a handshake of one line, then calls over mutual TLS, then an end when told", async () => {
  const sockets = path.join(folder, "first");
  fs.mkdirSync(sockets);
  const provider = start({ TMPDIR: sockets });
  expect(await provider.handshake()).toEqual([
    "1",
    "6",
    "unix",
    expect.any(String),
    "grpc",
    expect.any(String),
  ]);
  const client = await provider.connect();
  const output = holdOutput(client);
  const schema = await call(client, "GetProviderSchema");
  expect(Object.keys(schema.resource_schemas as object)).toEqual(["box_box"]);
  expect(await call(client, "Check", { service: "plugin" }, "grpc.health.v1.Health")).toEqual({ status: 1 });
  await shutDown(provider, client);
  expect(await output).toBe(true);
  expect(provider.stderr).toBe("");
  expect(fs.readdirSync(sockets)).toEqual([]);
});

test("a client with another certificate is refused", async () => {
  const provider = start();
  const stranger = await provider.connect(createCertificate(new Date()));
  await expect(call(stranger, "GetProviderSchema")).rejects.toThrow(/UNAVAILABLE|RST_STREAM/);
  await call(await provider.connect(), "GetProviderSchema");
});

test("what is printed goes to standard error, however long", async () => {
  const provider = start({ BOX_NOISE: "1" });
  await shutDown(provider, await configured(provider));
  expect(provider.stdout.split("\n")).toHaveLength(2);
  expect(provider.stderr).toContain("x".repeat(100_000));
});

test("messages have no limit", async () => {
  const provider = start();
  const client = await configured(provider);
  const secret = "s".repeat(12_000_000);
  const answer = await create(client, { name: "large", secret });
  expect(answer.diagnostics).toEqual([]);
  expect(stateOf(answer)).toMatchObject({ id: "box/large", secret });
});

test("an exception out of a timer ends its own call with a diagnostic, and nothing else", async () => {
  const provider = start();
  const client = await configured(provider);
  const [broken, fine] = await Promise.all([
    create(client, { name: "broken", trouble: "exception" }),
    create(client, { name: "fine" }),
  ]);
  expect(broken.diagnostics).toEqual([
    expect.objectContaining({
      severity: 1,
      detail: expect.stringContaining("Error: out of a timer") as string,
    }),
  ]);
  expect(fine.diagnostics).toEqual([]);
  await shutDown(provider, client);
  expect(provider.stderr).toMatch(/"@level":"error".*out of a timer/);
});

test("an exception out of a timer of a call that reads leaves alone what is being changed", async () => {
  const provider = start();
  const client = await configured(provider);
  const changing = create(client, { name: "changing", trouble: "wait" });
  await waitForFile(path.join(folder, "changing.json.waiting"));
  const state = {
    msgpack: encodeBlock({ ...emptyObject(BLOCK), name: "read", size: 1, trouble: "exception" }, BLOCK),
  };
  const read = await call(client, "ReadResource", { type_name: "box_box", current_state: state });
  expect(read.diagnostics).toEqual([
    expect.objectContaining({ detail: expect.stringContaining("Error: out of a timer") as string }),
  ]);
  expect(read.new_state).toMatchObject(state);
  await call(client, "StopProvider");
  expect((await changing).diagnostics).toEqual([expect.objectContaining({ summary: "Stopped" })]);
});

test("a rejection that nobody awaits is told, and the resource is kept", async () => {
  const provider = start();
  const answer = await create(await configured(provider), { name: "kept", trouble: "rejection" });
  expect(answer.diagnostics).toEqual([
    expect.objectContaining({ detail: expect.stringContaining("Error: nobody listens") as string }),
  ]);
  expect(stateOf(answer)).toMatchObject({ id: "box/kept" });
});

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s is Terraform's to act on: the provider stays until it is told",
  async (signal) => {
    const provider = start();
    const client = await configured(provider);
    provider.process.kill(signal);
    await call(client, "GetProviderSchema");
    await shutDown(provider, client);
  },
);

test("below a long temporary folder the socket is elsewhere", async () => {
  const long = path.join(folder, "long".repeat(30));
  fs.mkdirSync(long);
  const provider = start({ TMPDIR: long });
  const client = await provider.connect();
  await call(client, "GetProviderSchema");
  const [, , , socket = ""] = await provider.handshake();
  expect(socket).toMatch(/^\/tmp\/tf-provider-/);
  await shutDown(provider, client);
  expect(fs.existsSync(path.dirname(socket))).toBe(false);
});

test("a provider ends with the process that started it, even when that is killed", async () => {
  const parentCode = `
    const { spawn } = require("node:child_process");
    const child = spawn(process.argv[1], { stdio: ["ignore", "pipe", "inherit", 3] });
    child.stdout.once("data", () => process.stdout.write(String(child.pid)));
  `;
  // The pipe at 3 is held by the provider too: it closes when both are gone.
  const sockets = path.join(folder, "sockets");
  fs.mkdirSync(sockets);
  const parent = spawn(process.execPath, ["-e", parentCode, file], {
    env: {
      ...process.env,
      TMPDIR: sockets,
      ...invitation(createCertificate(new Date()).certificate),
    },
    stdio: ["ignore", "pipe", "inherit", "pipe"],
  });
  const lifeline = parent.stdio[3] as Readable;
  lifeline.resume();
  const closed = once(lifeline, "close");
  const [pid] = (await once(parent.stdout as Readable, "data")) as [Buffer];
  try {
    parent.kill("SIGKILL");
    const limit = AbortSignal.timeout(10_000);
    await Promise.race([closed, once(limit, "abort")]);
    expect(limit.aborted).toBe(false);
  } finally {
    if (!lifeline.closed) process.kill(Number(pid.toString()), "SIGKILL");
  }
  expect(fs.readdirSync(sockets)).toEqual([]);
}, 20_000);

test("run by hand it says what it is and fails", async () => {
  const provider = start({ TF_PLUGIN_MAGIC_COOKIE: "" });
  expect(await provider.ended).toBe(1);
  expect(provider.stdout).toBe("");
  expect(provider.stderr).toMatch(
    /^This is terraform-provider-box 1\.2\.3, a plugin that Terraform starts by itself/,
  );
  expect(provider.stderr).not.toContain("    at ");
});

test("a wrong log level is a line in the log and a warning with the provider's configuration", async () => {
  const provider = start({ BOX_LOG_LEVEL: "loud" });
  const client = await provider.connect();
  const answer = await call(client, "ConfigureProvider", { config: { msgpack: encode({ folder }) } });
  expect(answer.diagnostics).toEqual([
    expect.objectContaining({
      severity: 2,
      detail: expect.stringMatching(/"loud"; allowed are error, warn/) as string,
    }),
  ]);
  await shutDown(provider, client);
  expect(provider.stderr).toMatch(/"@level":"warn".*loud/);
});

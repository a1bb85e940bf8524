import fs from "node:fs";
import type { ServerResponse } from "node:http";
import os from "node:os";
import path from "node:path";
import { inspect } from "node:util";
import type { Client } from "@grpc/grpc-js";
import { encode } from "@msgpack/msgpack";
import { bundleProvider } from "../../provider/mirror/bundle";
import { encodeBlock } from "../../provider/plugin/msgpack";
import { emptyObject } from "../../provider/plugin/schema";
import type { ObjectValue } from "../../provider/plugin/value";
import { PROVIDER_SCHEMA } from "../../provider/connection/provider-schema";
import { QEMU_SCHEMA } from "../../provider/resources/qemu-schema";
import { startHttpsServer, type TestServer } from "../support/https-server";
import { call, ProviderProcess } from "./plugin/provider-process";

const SECRET = "5f0e8c1a-7a3e-4c0b-9d50-1f6b1b1d2c3e";
const STATE: ObjectValue = {
  ...emptyObject(QEMU_SCHEMA.block),
  id: "pve1/401",
  vmid: 401,
  name: "a",
  node: "pve1",
  clone: 400,
};

let folder: string;
let server: TestServer;
let provider: ProviderProcess;
let client: Client;
let answer: (response: ServerResponse, said: string) => void;
/** All that Terraform was told. */
const told: unknown[] = [];

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "secrets-test-"));
  server = await startHttpsServer((_, response) => {
    // The worst of servers: it repeats what it was sent.
    answer(response, inspect(server.requests.at(-1), { breakLength: Infinity }).replace(/[^ -~]/g, " "));
  });
  const file = path.join(folder, "terraform-provider-pve_v1.0.0.cjs");
  fs.writeFileSync(file, await bundleProvider(path.join(__dirname, "..", "..", "provider", "main.ts")), {
    mode: 0o755,
  });
  provider = ProviderProcess.start(file, {
    TMPDIR: folder,
    TF_LOG: "trace",
    PROXMOX_LOG_LEVEL: "debug",
    PROXMOX_LOG_PATH: path.join(folder, "log"),
    PROXMOX_API_TOKEN_SECRET: SECRET,
    NODE_OPTIONS: `--report-on-signal --report-dir=${folder}`,
  });
  client = await provider.connect();
});

afterAll(async () => {
  await provider.stop();
  await server.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

function argumentsOf(changes: ObjectValue = {}): ObjectValue {
  const file = path.join(folder, "ca.pem");
  fs.writeFileSync(file, server.certificatePem);
  return {
    ...emptyObject(PROVIDER_SCHEMA.block),
    endpoint: server.url,
    api_user: "terraform@pve",
    api_token_id: "provider",
    ca_file: file,
    ...changes,
  };
}

async function configure(changes: ObjectValue = {}): Promise<void> {
  const config = { msgpack: encodeBlock(argumentsOf(changes), PROVIDER_SCHEMA.block) };
  told.push(await call(client, "ValidateProviderConfig", { config }));
  told.push(await call(client, "ConfigureProvider", { config }));
}

/** Every operation on a VM, once. */
async function operate(): Promise<void> {
  const wire = (values: ObjectValue | null): object => ({ msgpack: encodeBlock(values, QEMU_SCHEMA.block) });
  const type = { type_name: "pve_qemu" };
  told.push(await call(client, "ReadResource", { ...type, current_state: wire(STATE) }));
  const [none, state, grown] = [wire(null), wire(STATE), wire({ ...STATE, cores: 4 })];
  const applied = [
    { prior_state: none, planned_state: state, config: state },
    { prior_state: state, planned_state: grown, config: grown },
    { prior_state: state, planned_state: none, config: none },
  ];
  for (const change of applied) told.push(await call(client, "ApplyResourceChange", { ...type, ...change }));
}

function toldText(): string {
  return inspect(told, { depth: null, maxStringLength: null, maxArrayLength: null });
}

test.each<[string, (response: ServerResponse, said: string) => void, string]>([
  ["401", (response, said) => response.writeHead(401, said).end(), "does not know the API token"],
  [
    "403",
    (response, said) => response.writeHead(403, said).end(JSON.stringify({ data: null, message: said })),
    "(403)",
  ],
  [
    "400",
    (response, said) =>
      response
        .writeHead(400, "Parameter verification failed.")
        .end(JSON.stringify({ errors: { net0: said } })),
    "net0:",
  ],
  ["500", (response, said) => response.writeHead(500, said).end(`<pre>${said}</pre>`), "(500)"],
  ["a redirect", (response, said) => response.writeHead(302, said, { Location: "/" }).end(), "(302)"],
  ["no Proxmox", (response, said) => response.end(`<html>${said}</html>`), "ENOTPROXMOX"],
])("an answer of %s that repeats the request is told without the secret", async (_, answerWith, text) => {
  answer = (response) => response.end('{"data":{"version":"9.2"}}');
  await configure();
  answer = answerWith;
  await operate();
  await configure();
  expect(toldText()).toContain(text);
});

test.each<[string, ObjectValue]>([
  ["a certificate that nobody vouches for", { ca_file: null }],
  ["a certificate that is not the pinned one", { ca_file: null, fingerprint: "ab".repeat(32) }],
  ["a secret with a blank", { api_token_secret: `${SECRET} ` }],
  ["a secret in the URL", { endpoint: `https://terraform:${SECRET}@127.0.0.1:8006` }],
  ["a whole token for a user", { api_user: `terraform@pve!provider=${SECRET}` }],
  ["a whole token for its name", { api_token_id: `terraform@pve!provider=${SECRET}` }],
  ["the secret for the token's name", { api_token_id: SECRET }],
])("%s is told without the secret", async (_, changes) => {
  answer = (response) => response.end('{"data":{"version":"9.2"}}');
  const before = told.length;
  await configure(changes);
  expect(inspect(told.slice(before), { depth: null })).toContain("severity");
});

test("a value of a type that no Terraform sends is told without the secret", async () => {
  const config = { msgpack: encode({ ...argumentsOf(), api_token_secret: [SECRET] }) };
  const before = told.length;
  told.push(await call(client, "ValidateProviderConfig", { config }));
  told.push(await call(client, "ConfigureProvider", { config }));
  expect(inspect(told.slice(before), { depth: null })).toContain("must be a string");
});

test("neither what Terraform was told, nor the logs, nor a report of a crash hold the secret", async () => {
  const isReport = (name: string): boolean => name.startsWith("report.") && name.endsWith(".json");
  const written = new Promise<string>((resolve) => {
    const watcher = fs.watch(folder, () => {
      const name = fs.readdirSync(folder).find(isReport);
      const text = name === undefined ? "" : fs.readFileSync(path.join(folder, name), "utf8");
      if (!text.trimEnd().endsWith("}")) return;
      watcher.close();
      resolve(text);
    });
  });
  provider.process.kill("SIGUSR2");
  const report = await written;
  const log = fs.readFileSync(path.join(folder, "log"), "utf8");
  expect(log).toContain("Proxmox API call failed");
  expect(provider.stderr).toContain("Proxmox API call failed");
  expect(report).toContain("PROXMOX_LOG_PATH");
  const all = { told: toldText(), log, stderr: provider.stderr, stdout: provider.stdout, report };
  expect(Object.entries(all).flatMap(([name, text]) => (text.includes(SECRET) ? [name] : []))).toEqual([]);
  expect(server.requests.some(({ headers }) => headers.authorization?.endsWith(SECRET) === true)).toBe(true);
});

import type { ServerResponse } from "node:http";
import type { Logger } from "../../../provider/logger";
import { ApiClient } from "../../../provider/proxmox/api-client";
import { startHttpsServer, type TestServer } from "../../support/https-server";

const SECRET = "5f0e8c1a-7a3e-4c0b-9d50-1f6b1b1d2c3e";
const logged: string[] = [];
const log = (message: string, fields?: object): void =>
  void logged.push(`${message} ${JSON.stringify(fields)}`);
const LOGGER: Logger = { error: log, warn: log, info: log, debug: log };

let server: TestServer;
let client: ApiClient;
let answer: (response: ServerResponse, count: number) => void;

beforeEach(async () => {
  logged.length = 0;
  server = await startHttpsServer((_, response) => {
    answer(response, server.requests.length);
  });
  client = connect();
});

afterEach(async () => {
  client.close();
  await server.close();
});

function connect(options: { trusted?: boolean; requestTimeoutMs?: number } = {}): ApiClient {
  return new ApiClient({
    endpoint: new URL(`${server.url}/api2/json`),
    tokenId: "terraform@pve!provider",
    tokenSecret: SECRET,
    logger: LOGGER,
    requestTimeoutMs: options.requestTimeoutMs,
    ...(options.trusted === false ? {} : { caCertificates: server.certificatePem }),
  });
}

function answerWith(status: number, body: string, reason = "OK"): void {
  answer = (response) => {
    response.writeHead(status, reason).end(body);
  };
}

test("parameters of GET and DELETE travel in the query, of POST and PUT in the body, all percent-encoded", async () => {
  answerWith(200, '{"data":1}');
  const values = { net0: "virtio=AA,bridge=vmbr0", sshkeys: "a%20b", full: true, left: undefined };
  for (const call of ["get", "delete", "post", "put"] as const) await client[call]("/x", values);
  const form = "net0=virtio%3DAA%2Cbridge%3Dvmbr0&sshkeys=a%2520b&full=1";
  expect(server.requests.map(({ method, path, body }) => [method, path, body])).toEqual([
    ["GET", `/api2/json/x?${form}`, ""],
    ["DELETE", `/api2/json/x?${form}`, ""],
    ["POST", "/api2/json/x", form],
    ["PUT", "/api2/json/x", form],
  ]);
  expect(server.requests[0]?.headers.authorization).toBe(`PVEAPIToken=terraform@pve!provider=${SECRET}`);
});

test("an error carries what Proxmox said, whole, and the faults of parameters", async () => {
  answerWith(
    400,
    '{"data":null,"errors":{"vmid":"VM 401 already exists\\n"},"message":"Parameter verification failed.\\n"}',
  );
  await expect(client.get("/cluster/nextid", { vmid: 401 })).rejects.toMatchObject({
    status: 400,
    said: "Parameter verification failed.",
    parameterErrors: { vmid: "VM 401 already exists" },
  });
});

test("an older Proxmox says it in the reason phrase alone", async () => {
  answerWith(500, '{"data":null}', "VM is locked (clone)");
  await expect(client.put("/x")).rejects.toMatchObject({ said: "VM is locked (clone)" });
});

test("a redirect is not followed", async () => {
  answer = (response) => response.writeHead(302, { Location: "https://127.0.0.1:1/" }).end();
  await expect(client.get("/version")).rejects.toMatchObject({ status: 302 });
  expect(server.requests).toHaveLength(1);
});

test("an answer that is no Proxmox's is told as such", async () => {
  answerWith(200, "<html>welcome</html>");
  await expect(client.get("/version")).rejects.toMatchObject({ code: "ENOTPROXMOX" });
});

test("a certificate that is not trusted ends the call before the token goes out", async () => {
  answerWith(200, '{"data":1}');
  const untrusting = connect({ trusted: false });
  await expect(untrusting.get("/version")).rejects.toMatchObject({
    code: "DEPTH_ZERO_SELF_SIGNED_CERT",
    mayHaveArrived: false,
  });
  expect(server.requests).toHaveLength(0);
});

test("a reset connection is tried again for reading and never for changing", async () => {
  answer = (response, count) => {
    if (count === 1) response.socket?.destroy();
    else response.writeHead(200).end('{"data":"again"}');
  };
  await expect(client.get("/version")).resolves.toBe("again");
  answer = (response) => response.socket?.destroy();
  await expect(client.post("/nodes/pve1/qemu/400/clone")).rejects.toMatchObject({
    code: "ECONNRESET",
    mayHaveArrived: true,
  });
  expect(server.requests.filter(({ method }) => method === "POST")).toHaveLength(1);
});

test("no answer ends in a time-out", async () => {
  answer = () => undefined;
  await expect(connect({ requestTimeoutMs: 20 }).get("/version")).rejects.toMatchObject({
    code: "ETIMEDOUT",
  });
});

test("an answer without end is cut off", async () => {
  answer = (response) => {
    response.writeHead(200);
    const more = (): void => {
      while (response.writable && response.write(Buffer.alloc(2 ** 20)));
      response.once("drain", more);
    };
    more();
  };
  await expect(client.get("/version")).rejects.toMatchObject({ code: "ETOOLARGE" });
});

test("calls are logged, the token's secret and values never", async () => {
  answerWith(200, '{"data":null}');
  await client.put("/nodes/pve1/qemu/401/config", { cipassword: "hunter2" });
  expect(logged.join("\n")).toContain("/nodes/pve1/qemu/401/config");
  expect(logged.join("\n")).not.toMatch(new RegExp(`${SECRET}|hunter2`));
});

import type { ServerResponse } from "node:http";
import { inspect } from "node:util";
import type { Logger } from "../../../provider/logger";
import { ApiClient } from "../../../provider/proxmox/api-client";
import { ConnectionError } from "../../../provider/proxmox/api-error";
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

function connect(requestTimeoutMs?: number): ApiClient {
  return new ApiClient({
    endpoint: new URL(`${server.url}/api2/json`),
    tokenId: "terraform@pve!provider",
    tokenSecret: SECRET,
    logger: LOGGER,
    caCertificates: server.certificatePem,
    requestTimeoutMs,
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

test("calls that take turns share six connections", async () => {
  const sockets = new Set<unknown>();
  answer = (response) => {
    sockets.add(response.socket);
    response.writeHead(200).end('{"data":1}');
  };
  await Promise.all(Array.from({ length: 30 }, () => client.getInTurn("/x")));
  expect(server.requests).toHaveLength(30);
  expect(sockets.size).toBe(6);
});

test.each<[string, (response: ServerResponse) => void]>([
  ["says nothing", () => undefined],
  ["drops every connection", (response) => response.socket?.destroy()],
])(
  "calls that take turns ask a host that %s no more often than those that have theirs",
  async (_, behave) => {
    answer = behave;
    client = connect(1000);
    const calls = Array.from({ length: 20 }, () => client.getInTurn("/x"));
    const ends = await Promise.allSettled(calls);
    expect(ends.map((end) => end.status === "rejected" && end.reason instanceof ConnectionError)).toEqual(
      calls.map(() => true),
    );
    // A read whose connection is dropped is tried once more.
    expect(server.requests.length).toBeLessThanOrEqual(12);
  },
);

test("an answer that is no Proxmox's is told as such", async () => {
  answerWith(200, "<html>welcome</html>");
  await expect(client.get("/version")).rejects.toMatchObject({ code: "ENOTPROXMOX" });
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

test("calls are logged, the token's secret and values never", async () => {
  answerWith(200, '{"data":null}');
  await client.put("/nodes/pve1/qemu/401/config", { cipassword: "hunter2" });
  expect(logged.join("\n")).toContain("/nodes/pve1/qemu/401/config");
  expect(logged.join("\n")).not.toMatch(new RegExp(`${SECRET}|hunter2`));
});

test("the token's secret is shown neither by a server that repeats the request nor by a client that is printed", async () => {
  answer = (response) => {
    const said = JSON.stringify(server.requests[0]?.headers);
    response
      .writeHead(500, said.replaceAll('"', ""))
      .end(JSON.stringify({ message: said, errors: { vmid: said } }));
  };
  const error: unknown = await client.get("/version").catch((thrown: unknown) => thrown);
  expect(inspect(error, { depth: null })).toContain("PVEAPIToken=terraform@pve!provider=…");
  expect(inspect([error, client], { depth: 9, showHidden: true }).includes(SECRET)).toBe(false);
  expect(logged.join("\n")).not.toContain(SECRET);
});

test("as many calls go out at a time as are made, reading and changing", async () => {
  const waiting: ServerResponse[] = [];
  answer = (response) => {
    waiting.push(response);
    if (waiting.length === 60) for (const each of waiting) each.end('{"data":null}');
  };
  const calls = Array.from({ length: 30 }, (_, index) => [
    client.get(`/a${index}`),
    client.put(`/b${index}`),
  ]);
  await expect(Promise.all(calls.flat())).resolves.toHaveLength(60);
});

test("reading keeps its connection, a change has one of its own", async () => {
  answerWith(200, '{"data":null}');
  for (const call of ["get", "get", "put", "put", "get"] as const) await client[call]("/x");
  expect(server.connections()).toBe(3);
});

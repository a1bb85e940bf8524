import type { ServerResponse } from "node:http";
import { exchange, type HttpAnswer } from "../../../provider/proxmox/http-exchange";
import { TlsAgent } from "../../../provider/proxmox/tls-agent";
import { startHttpsServer, type TestServer } from "../../support/https-server";

const LONG_MS = 10_000;

let server: TestServer;
let agent: TlsAgent;
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  server = await startHttpsServer((_, response) => {
    answer(response);
  });
  agent = new TlsAgent({
    keepAlive: false,
    connectTimeoutMs: LONG_MS,
    caCertificates: server.certificatePem,
  });
});

afterAll(async () => {
  agent.destroy();
  await server.close();
});

async function get(timeoutMs = LONG_MS): Promise<HttpAnswer> {
  const url = new URL(server.url);
  return await exchange({ call: { method: "GET", path: "/x" }, url, headers: {} }, agent, timeoutMs);
}

/** Writes pieces as fast as they are taken, without end. */
function pour(response: ServerResponse, write: () => boolean): void {
  const more = (): void => {
    while (response.socket?.writable === true && write());
    response.socket?.once("drain", more);
  };
  more();
}

test("a redirect is an answer and not followed", async () => {
  answer = (response) => response.writeHead(301, { Location: `${server.url}/elsewhere` }).end();
  const before = server.requests.length;
  await expect(get()).resolves.toMatchObject({ status: 301 });
  expect(server.requests).toHaveLength(before + 1);
});

test("a body without end is cut off", async () => {
  answer = (response) => {
    response.writeHead(200);
    pour(response, () => response.write(Buffer.alloc(2 ** 20)));
  };
  await expect(get()).rejects.toMatchObject({ code: "ETOOLARGE", mayHaveArrived: true });
});

test("a body that says it is too large is cut off, too", async () => {
  answer = (response) => {
    response.writeHead(200, { "Content-Length": 2 ** 40 });
    pour(response, () => response.write(Buffer.alloc(2 ** 20)));
  };
  await expect(get()).rejects.toMatchObject({ code: "ETOOLARGE" });
});

test("a head without end is cut off", async () => {
  answer = (response) => {
    response.socket?.write("HTTP/1.1 200 OK\r\n");
    pour(response, () => response.socket?.write(`X-More: ${"x".repeat(1000)}\r\n`) === true);
  };
  await expect(get()).rejects.toMatchObject({ code: "HPE_HEADER_OVERFLOW", mayHaveArrived: true });
});

test.each<[string, (response: ServerResponse) => void]>([
  ["does not come", () => undefined],
  [
    "trickles",
    (response) => {
      response.writeHead(200).write("{");
      const drip = setInterval(() => response.write(" "), 5);
      response.on("close", () => {
        clearInterval(drip);
      });
    },
  ],
])("an answer that %s is given up after its time", async (_, answerLate) => {
  // With a connection that stands already, however slow the machine is.
  answer = (response) => response.end("{}");
  await get();
  answer = answerLate;
  const late = { code: "ETIMEDOUT", message: "no answer within 0.05 s", mayHaveArrived: true };
  await expect(get(50)).rejects.toMatchObject(late);
});

test("an answer that breaks off is a broken connection, not a short answer", async () => {
  answer = (response) => {
    response.writeHead(200, { "Content-Length": 100 });
    response.write('{"data":1}', () => response.socket?.destroy());
  };
  await expect(get()).rejects.toMatchObject({ code: "ECONNRESET", mayHaveArrived: true });
});

test("what is no HTTP is told as such", async () => {
  answer = (response) => response.socket?.end("SSH-2.0-OpenSSH_9.2\r\n");
  await expect(get()).rejects.toMatchObject({ code: expect.stringMatching(/^HPE_/) as string });
});

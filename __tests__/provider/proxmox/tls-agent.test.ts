import { execFile } from "node:child_process";
import { X509Certificate } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import net, { type AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import tls from "node:tls";
import { promisify } from "node:util";
import { createCertificate } from "../../../provider/plugin/certificate";
import { ApiClient } from "../../../provider/proxmox/api-client";
import { ConnectionError } from "../../../provider/proxmox/api-error";
import type { Trust } from "../../../provider/proxmox/tls-agent";
import { startHttpsServer, type TestServer } from "../../support/https-server";

const OTHER = Array.from({ length: 32 }, () => "AB").join(":");
const silent = (): void => undefined;

let server: TestServer;
const clients: ApiClient[] = [];

beforeAll(async () => {
  server = await startHttpsServer((_, response) => response.end('{"data":"hello"}'));
});

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

afterAll(async () => {
  await server.close();
});

function connect(trust: Trust, url = server.url, requestTimeoutMs = 5000): ApiClient {
  const logger = { error: silent, warn: silent, info: silent, debug: silent };
  const tokenSecret = "5f0e8c1a-7a3e-4c0b-9d50-1f6b1b1d2c3e";
  const endpoint = new URL(`${url}/api2/json`);
  const client = new ApiClient({
    endpoint,
    tokenId: "a@pve!b",
    tokenSecret,
    logger,
    requestTimeoutMs,
    ...trust,
  });
  clients.push(client);
  return client;
}

function fingerprint(): string {
  return new X509Certificate(server.certificatePem).fingerprint256;
}

/** What a call fails with. */
async function failure(call: Promise<unknown>): Promise<ConnectionError> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ConnectionError)) throw new Error(`no ConnectionError but ${String(error)}`);
  return error;
}

test("a self-signed certificate is accepted where its fingerprint is pinned, for every call", async () => {
  const client = connect({ fingerprint: fingerprint() });
  for (const call of ["get", "get", "put", "put", "delete"] as const) {
    await expect(client[call]("/version")).resolves.toBe("hello");
  }
});

describe("nothing is sent, and the call is known not to have arrived,", () => {
  test.each<[string, () => Trust, string]>([
    ["where another certificate is pinned", () => ({ fingerprint: OTHER }), "EFINGERPRINT"],
    [
      "where another is pinned, though a CA vouches for it",
      () => ({ fingerprint: OTHER, caCertificates: server.certificatePem }),
      "EFINGERPRINT",
    ],
    ["where nobody vouches for the certificate", () => ({}), "DEPTH_ZERO_SELF_SIGNED_CERT"],
  ])("%s", async (_, trust, code) => {
    const before = server.requests.length;
    const error = await failure(connect(trust()).post("/nodes/pve1/qemu/400/clone"));
    expect(error).toMatchObject({ code, mayHaveArrived: false });
    expect(server.requests).toHaveLength(before);
  });
});

test("a mismatch names both fingerprints", async () => {
  const { message } = await failure(connect({ fingerprint: OTHER }).get("/version"));
  expect(message).toContain(OTHER);
  expect(message).toContain(fingerprint());
});

test("a pinned certificate does not save one for another host name from being looked at where none is pinned", async () => {
  const url = server.url.replace("127.0.0.1", "localhost");
  const { code } = await failure(connect({ caCertificates: server.certificatePem }, url).get("/version"));
  expect(code).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
  await expect(connect({ fingerprint: fingerprint() }, url).get("/version")).resolves.toBe("hello");
});

describe("where Node trusts the server's certificate,", () => {
  /** A connection from a process whose Node trusts it like any public CA; its end, as a word. */
  async function connectElsewhere(trust: Trust): Promise<string> {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tls-agent-test-"));
    const trusted = path.join(folder, "trusted.pem");
    fs.writeFileSync(trusted, server.certificatePem);
    const project = path.join(__dirname, "..", "..", "..");
    const script = `
      const { TlsAgent } = require("./provider/proxmox/tls-agent.ts");
      const agent = new TlsAgent({ keepAlive: false, connectTimeoutMs: 5000, ...${JSON.stringify(trust)} });
      require("node:https")
        .get(${JSON.stringify(server.url)}, { agent }, (response) => response.resume().on("end", () => console.log("connected")))
        .on("error", (error) => console.log(error.code));
    `;
    try {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ["--use-openssl-ca", "--require", "./scripts/register-typescript.cjs", "--eval", script],
        { cwd: project, env: { ...process.env, NODE_EXTRA_CA_CERTS: undefined, SSL_CERT_FILE: trusted } },
      );
      return stdout.trim();
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  }

  test("that is enough where no other CA is named", async () => {
    expect(await connectElsewhere({})).toBe("connected");
  });

  test("a CA that is named is trusted alone", async () => {
    const other = createCertificate(new Date()).certificate;
    expect(await connectElsewhere({ caCertificates: other })).toBe("DEPTH_ZERO_SELF_SIGNED_CERT");
  });

  test("a CA that is named is not even put beside those that Node brings along", () => {
    const createSecureContext = jest.spyOn(tls, "createSecureContext");
    connect({ caCertificates: server.certificatePem });
    expect(createSecureContext.mock.calls).not.toEqual([]);
    for (const [options] of createSecureContext.mock.calls)
      expect(options).toEqual({ ca: server.certificatePem });
    createSecureContext.mockRestore();
  });
});

test("any certificate is accepted where that is asked for", async () => {
  await expect(connect({ insecure: true }).get("/version")).resolves.toBe("hello");
});

test("a server that speaks plain HTTP gets no request", async () => {
  let requests = 0;
  const plain = http.createServer((_, response) => {
    requests++;
    response.end('{"data":1}');
  });
  await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
  try {
    const url = `https://127.0.0.1:${(plain.address() as AddressInfo).port}`;
    const error = await failure(connect({ insecure: true }, url).get("/version"));
    expect(error.message).toBe("wrong version number");
    expect(error.mayHaveArrived).toBe(false);
    expect(requests).toBe(0);
  } finally {
    plain.close();
  }
});

test("a server that accepts and then says nothing is given up, and known not to have got the call", async () => {
  const sockets: net.Socket[] = [];
  const mute = net.createServer((socket) => void sockets.push(socket.on("error", silent)));
  await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
  try {
    const url = `https://127.0.0.1:${(mute.address() as AddressInfo).port}`;
    const error = await failure(connect({}, url, 50).put("/version"));
    expect(error).toMatchObject({ code: "ETIMEDOUT", mayHaveArrived: false });
  } finally {
    for (const socket of sockets) socket.destroy();
    mute.close();
  }
});

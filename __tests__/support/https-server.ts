import "reflect-metadata";
import { webcrypto, X509Certificate as NodeCertificate } from "node:crypto";
import https from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import * as x509 from "@peculiar/x509";

/** An HTTPS server for one test, with a certificate of its own. */
export interface TestServer {
  readonly url: string;
  readonly certificatePem: string;
  /** Requests so far, in the order they came. */
  readonly requests: readonly {
    method: string;
    path: string;
    body: string;
    headers: IncomingMessage["headers"];
  }[];
  /** Connections so far. */
  connections(): number;
  close(): Promise<void>;
}

/** Starts one on a free port of 127.0.0.1. */
export async function startHttpsServer(
  handle: (request: { method: string; path: string; body: string }, response: ServerResponse) => void,
): Promise<TestServer> {
  const { key, cert } = await selfSigned();
  const requests: TestServer["requests"][number][] = [];
  const server = https.createServer({ key, cert }, (request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (text: string) => (body += text));
    request.on("end", () => {
      const seen = { method: request.method ?? "", path: request.url ?? "", body, headers: request.headers };
      requests.push(seen);
      handle(seen, response);
    });
  });
  let connections = 0;
  server.on("secureConnection", () => connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    certificatePem: new NodeCertificate(cert).toString(),
    requests,
    connections: () => connections,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function selfSigned(): Promise<{ key: string; cert: string }> {
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: "CN=test",
      keys,
      signingAlgorithm: algorithm,
      extensions: [
        new x509.BasicConstraintsExtension(true),
        new x509.SubjectAlternativeNameExtension([{ type: "ip", value: "127.0.0.1" }]),
      ],
    },
    webcrypto,
  );
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  return {
    key: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`,
    cert: certificate.toString("pem"),
  };
}

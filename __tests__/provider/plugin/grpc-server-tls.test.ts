import { X509Certificate } from "node:crypto";
import http2 from "node:http2";
import tls from "node:tls";
import { createCertificate } from "../../../provider/plugin/certificate";
import type { CertificateAndKey } from "../../../provider/plugin/certificate";
import { GrpcServer } from "../../../provider/plugin/grpc-server";
import type { SocketPlace } from "../../../provider/plugin/socket";
import { makeSocketPlace } from "../../../provider/plugin/socket";

const ECHO = "/test.Echo/Echo";
const SERVER = createCertificate(new Date());
const CLIENT = createCertificate(new Date());

let place: SocketPlace;
let server: GrpcServer;
let faults: string[];
/** How often the handler was called. */
let heard: number;

beforeEach(async () => {
  faults = [];
  heard = 0;
  place = makeSocketPlace();
  server = new GrpcServer({
    unary: new Map([
      [
        ECHO,
        (request) => {
          heard += 1;
          return Promise.resolve(request);
        },
      ],
    ]),
    held: new Set(),
    tls: { ...SERVER, clientCertificate: new X509Certificate(CLIENT.certificate) },
    onFault: (what, error) => faults.push(`${what}: ${String(error)}`),
  });
  await server.listen(place.path);
});

afterEach(() => {
  server.close();
  place.remove();
});

/** Calls once, in one burst with TLS's handshake. @returns how many answers came until the connection ended */
async function answersTo(own: CertificateAndKey | undefined): Promise<number> {
  const socket = tls.connect({
    path: place.path,
    ca: SERVER.certificate,
    servername: "localhost",
    ALPNProtocols: ["h2"],
    ...(own === undefined ? {} : { cert: own.certificate, key: own.privateKey }),
  });
  const session = http2.connect("https://localhost", { createConnection: () => socket });
  session.on("error", () => undefined);
  const stream = session.request({ ":method": "POST", ":path": ECHO, "content-type": "application/grpc" });
  let answers = 0;
  stream.on("response", () => (answers += 1));
  stream.on("error", () => undefined);
  stream.resume();
  stream.end(Buffer.of(0, 0, 0, 0, 0));
  await new Promise((resolve) => stream.once("close", resolve));
  session.destroy();
  return answers;
}

test("the one client that was named is let in", async () => {
  expect(await answersTo(CLIENT)).toBe(1);
  expect([heard, faults]).toEqual([1, []]);
});

test.each<[string, CertificateAndKey | undefined]>([
  ["without a certificate", undefined],
  ["with another", createCertificate(new Date())],
  // Who signed it does not matter: it is not the one.
  ["with the server's own", SERVER],
])("a client %s is cut off before it is heard", async (_, own) => {
  expect(await answersTo(own)).toBe(0);
  expect(heard).toBe(0);
  expect(faults).toEqual(["a connection: Error: its certificate is not the one that is let in"]);
});

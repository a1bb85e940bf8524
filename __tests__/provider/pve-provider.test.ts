import { X509Certificate } from "node:crypto";
import net, { type AddressInfo } from "node:net";
import type { Diagnostic } from "../../provider/plugin/diagnostic";
import { emptyObject } from "../../provider/plugin/schema";
import { createProvider } from "../../provider/pve-provider";
import { startHttpsServer, type TestServer } from "../support/https-server";

const SECRET = "5f0e8c1a-7a3e-4c0b-9d50-1f6b1b1d2c3e";
const silent = (): void => undefined;

let server: TestServer;
let status: number;
let body: string;

beforeAll(async () => {
  server = await startHttpsServer((_, response) => response.writeHead(status).end(body));
});

beforeEach(() => {
  [status, body] = [200, '{"data":{"version":"9.2.11","release":"9.2","repoid":"abcdef12"}}'];
});

afterAll(async () => {
  await server.close();
});

async function configure(changes: Record<string, string | boolean> = {}): Promise<readonly Diagnostic[]> {
  const provider = createProvider({});
  const result = await provider.configure(
    {
      ...emptyObject(provider.schema.block),
      endpoint: server.url,
      api_user: "terraform@pve",
      api_token_id: "provider",
      api_token_secret: SECRET,
      ...changes,
    },
    { error: silent, warn: silent, info: silent, debug: silent },
  );
  if (result.client !== undefined) await provider.close?.(result.client);
  expect(JSON.stringify(result.diagnostics ?? [])).not.toContain(SECRET);
  return result.diagnostics ?? [];
}

function fingerprint(): string {
  return new X509Certificate(server.certificatePem).fingerprint256;
}

test("a pinned certificate makes a provider that has nothing to say", async () => {
  await expect(configure({ fingerprint: fingerprint() })).resolves.toEqual([]);
});

test("what no later call can mend is one error at once", async () => {
  const mismatch = await configure({ fingerprint: "ab".repeat(32) });
  expect(mismatch).toMatchObject([{ severity: "error" }]);
  expect(mismatch[0]?.detail).toContain("Nothing was sent");
  await expect(configure()).resolves.toMatchObject([{ severity: "error" }]);
  status = 401;
  await expect(configure({ fingerprint: fingerprint() })).resolves.toMatchObject([{ severity: "error" }]);
  [status, body] = [200, "<html>welcome</html>"];
  await expect(configure({ fingerprint: fingerprint() })).resolves.toMatchObject([{ severity: "error" }]);
});

test("a server that cannot be reached now is a warning, for a plan of new VMs does without it", async () => {
  const gone = net.createServer();
  await new Promise<void>((resolve) => gone.listen(0, "127.0.0.1", resolve));
  const { port } = gone.address() as AddressInfo;
  await new Promise((resolve) => gone.close(resolve));
  const refused = await configure({ endpoint: `https://127.0.0.1:${port}` });
  expect(refused).toMatchObject([{ severity: "warning" }]);
  [status, body] = [503, ""];
  await expect(configure({ fingerprint: fingerprint() })).resolves.toMatchObject([{ severity: "warning" }]);
});

test("certificates that are not verified are warned of on every run", async () => {
  const diagnostics = await configure({ insecure: true });
  expect(diagnostics).toMatchObject([{ severity: "warning", attribute: ["insecure"] }]);
  expect(diagnostics[0]?.detail).toContain("fingerprint");
});

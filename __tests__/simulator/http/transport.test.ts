import { connect } from "node:tls";
import { TestSimulator } from "../client";

const FORM = { "Content-Type": "application/x-www-form-urlencoded" };
const JSON_TYPE = { "Content-Type": "application/json" };

describe("transport", () => {
  let api: TestSimulator;
  beforeAll(async () => {
    api = await TestSimulator.start();
    await api.clone(410);
  });
  afterAll(() => api.close());

  const put = (body: string, headers: Record<string, string> = FORM): ReturnType<TestSimulator["raw"]> =>
    api.raw("PUT", "/api2/json/nodes/pve1/qemu/410/config", { body, headers });

  test("answers with the headers of the genuine server", async () => {
    const reply = await api.call("GET", "/version");
    expect(reply.text).toBe('{"data":{"version":"9.2.11","release":"9.2","repoid":"14a22df35955d97d"}}');
    expect(reply.headers).toMatchObject({
      server: "pve-api-daemon/3.0",
      "cache-control": "max-age=0",
      pragma: "no-cache",
      "content-type": "application/json;charset=UTF-8",
      connection: "Keep-Alive",
    });
  });

  test("names the error in the reason phrase and the whole of it in the body, and closes", async () => {
    const reply = await api.call("GET", "/nodes/pve1/qemu/999/config");
    const text = "Configuration file 'nodes/pve1/qemu-server/999.conf' does not exist";
    expect([reply.status, reply.reason]).toEqual([500, text]);
    expect(reply.body).toEqual({ data: null, message: `${text}\n` });
    expect(reply.headers.connection).toBe("close");
  });

  test.each([
    ["GET", "/nodes/pve1/foo"],
    ["DELETE", "/version"],
    ["GET", "/nodes/pve1/qemu/410/agent/ping"],
  ])("%s %s is no call", async (method, path) => {
    const reply = await api.call(method, path);
    expect([reply.status, reply.body?.message]).toEqual([501, `Method '${method} ${path}' not implemented`]);
  });

  test.each(["PATCH", "HEAD", "OPTIONS"])("knows no method %s", async (method) => {
    const reply = await api.raw(method, "/api2/json/version");
    expect([reply.status, reply.reason, reply.text]).toEqual([501, `method '${method}' not available`, ""]);
  });

  test.each(["/api2/json/version/", "/api2/json//version", "/api2//json/version"])(
    "finds %s",
    async (path) => {
      expect((await api.raw("GET", path)).status).toBe(200);
    },
  );

  test.each([
    ["/api2/xml/version", 501, "no formatter for uri /version, xml"],
    ["/api2", 501, "no such uri"],
    ["/favicon", 500, "no such file '/favicon'\n"],
  ])("answers %s in plain text", async (path, status, text) => {
    const reply = await api.raw("GET", path);
    expect([reply.status, reply.text, reply.headers["content-type"]]).toEqual([status, text, undefined]);
  });

  test.each([
    [
      "text",
      "cores=2",
      { "Content-Type": "text/plain" },
      506,
      "upload 'Content-Type 'text/plain' not implemented",
    ],
    ["broken JSON", '{"cores":', JSON_TYPE, 500, /^malformed JSON string/],
    ["a JSON list", "[1]", JSON_TYPE, 500, /^Not a HASH reference/],
    ["half a megabyte", `description=${"a".repeat(600_000)}`, FORM, 501, "for data too large"],
  ])("does not take %s", async (_case, body, headers, status, text) => {
    const reply = await put(body, headers);
    expect([reply.status, reply.headers["content-type"]]).toEqual([status, undefined]);
    expect(reply.text).toMatch(text);
  });

  test.each(["GET", "DELETE"])("takes no body with %s", async (method) => {
    const reply = await api.raw(method, "/api2/json/nodes/pve1/qemu/410", { body: "purge=1", headers: FORM });
    expect([reply.status, reply.text]).toEqual([501, `Unexpected content for method '${method}'`]);
  });

  test("takes no chunks", async () => {
    const { port, caCertificatePem, authorization } = api.simulator;
    const head = [
      "PUT /api2/json/nodes/pve1/qemu/410/config HTTP/1.1",
      "Host: x",
      `Authorization: ${authorization}`,
    ];
    const text = await new Promise<string>((resolve, reject) => {
      const socket = connect({ port, host: "127.0.0.1", ca: caCertificatePem }, () => {
        socket.write([...head, "Transfer-Encoding: chunked", "", "7", "cores=1", "0", "", ""].join("\r\n"));
      });
      const parts: Buffer[] = [];
      socket.on("data", (part: Buffer) => parts.push(part));
      socket.on("close", () => {
        resolve(Buffer.concat(parts).toString());
      });
      socket.on("error", reject);
    });
    expect(text).toMatch(/^HTTP\/1\.1 501 chunked transfer encoding not supported\r\n/);
  });

  test.each<[string, string, Record<string, string>, Record<string, unknown>]>([
    ["JSON with numbers", '{"cores":3}', JSON_TYPE, { cores: 3 }],
    [
      "JSON with a switch",
      '{"onboot":true}',
      { "Content-Type": "application/json;charset=UTF-8" },
      { onboot: 1 },
    ],
    ["JSON with a list", '{"tags":["b","a"]}', JSON_TYPE, { tags: "a;b" }],
    ["a form without a type", "cores=4", {}, { cores: 4 }],
    ["a key that comes twice", "tags=x&tags=y", FORM, { tags: "x;y" }],
    ["blanks as plus signs", "searchdomain=a.b+c.d", FORM, { searchdomain: "a.b c.d" }],
    ["what is also in the path", "cores=5&vmid=410", FORM, { cores: 5 }],
    ["an empty value", "ciuser=", FORM, { ciuser: " " }],
  ])("takes %s", async (_case, body, headers, expected) => {
    expect((await put(body, headers)).status).toBe(200);
    expect(await api.config(410)).toMatchObject(expected);
  });

  test("joins query and body", async () => {
    const path = "/api2/json/nodes/pve1/qemu/410/config?cores=6&_dc=123";
    expect((await api.raw("PUT", path, { body: "sockets=2", headers: FORM })).status).toBe(200);
    expect(await api.config(410)).toMatchObject({ cores: 6, sockets: 2 });
  });

  test.each<[string, string, Record<string, string>]>([
    [
      "a raw semicolon",
      "tags=aa;bb",
      { bb: "property is not defined in schema and the schema does not allow additional properties" },
    ],
    [
      "a raw equals sign",
      "net5=virtio,bridge=vmbr0",
      { net5: "invalid format - duplicate key in comma-separated list property: model\n" },
    ],
    ["a number twice", "cores=1&cores=2", { cores: "type check ('integer') failed - got ARRAY" }],
    [
      "another id than in the path",
      "cores=1&vmid=411",
      { vmid: "duplicate parameter (already defined in URI) with conflicting values!" },
    ],
  ])("shows what becomes of %s", async (_case, body, errors) => {
    const reply = await put(body);
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual({ data: null, message: "Parameter verification failed.\n", errors });
  });

  test("has no value to write for a JSON null", async () => {
    const reply = await put('{"name":null}', JSON_TYPE);
    expect([reply.status, reply.reason]).toEqual([
      500,
      "unable to parse value of 'name' - got undefined value",
    ]);
  });

  test("does not know a node that is not there, whatever else is wrong", async () => {
    const reply = await api.call("GET", "/nodes/no_such/qemu/1/config", { foo: "1" });
    expect(reply.status).toBe(500);
    expect(reply.reason).toMatch(
      /^hostname lookup 'no_such' failed - failed to get address info for: no_such/,
    );
  });
});

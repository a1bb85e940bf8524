import { once } from "node:events";
import fs from "node:fs";
import http2 from "node:http2";
import type { ClientHttp2Session, ClientHttp2Stream, IncomingHttpHeaders } from "node:http2";
import net from "node:net";
import type { ServiceError } from "@grpc/grpc-js";
import { Client, credentials, status } from "@grpc/grpc-js";
import { GrpcServer } from "../../../provider/plugin/grpc-server";
import type { SocketPlace } from "../../../provider/plugin/socket";
import { makeSocketPlace } from "../../../provider/plugin/socket";

const ECHO = "/test.Echo/Echo";
const SLOW = "/test.Echo/Slow";
const BROKEN = "/test.Echo/Broken";
const HELD = "/test.Echo/Held";

let place: SocketPlace;
let server: GrpcServer;
let faults: string[];
/** How often a handler was called. */
let heard: number;
/** Answers the slow call; resolved, where it waits for one, when the call has come. */
let slow: { arrived: Promise<void>; answer: () => void };
const closing: (() => void)[] = [];

async function serve(): Promise<void> {
  let arrive: () => void = () => undefined;
  let answer: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => (arrive = resolve));
  const answered = new Promise<void>((resolve) => (answer = resolve));
  slow = { arrived, answer };
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
      [
        SLOW,
        async (request) => {
          arrive();
          await answered;
          return request;
        },
      ],
      [BROKEN, () => Promise.reject(new Error("a fault of its own"))],
    ]),
    held: new Set([HELD]),
    onFault: (what, error) => faults.push(`${what}: ${String(error)}`),
  });
  await server.listen(place.path);
}

afterEach(() => {
  for (const close of closing.splice(0)) close();
  server.close();
  place.remove();
});

/** A client that is not ours. */
function connect(): Client {
  const client = new Client(`unix:${place.path}`, credentials.createInsecure());
  closing.push(() => {
    client.close();
  });
  return client;
}

function same(bytes: Buffer): Buffer {
  return bytes;
}

/** The text that comes back, or the status that came in its place. */
function call(client: Client, path: string, text: string): Promise<string | ServiceError> {
  return new Promise((resolve) => {
    client.makeUnaryRequest(path, same, same, Buffer.from(text), (error, answer) => {
      resolve(error ?? answer?.toString() ?? "");
    });
  });
}

/** HTTP/2 without gRPC, for what a client of gRPC would not send. */
function connectHttp2(socket = net.connect(place.path)): ClientHttp2Session {
  const session = http2.connect("http://localhost", { createConnection: () => socket });
  closing.push(() => {
    session.destroy();
  });
  return session;
}

/** Begins a call that goes on sending. */
function begin(session: ClientHttp2Session, headers: http2.OutgoingHttpHeaders): ClientHttp2Stream {
  const stream = session.request({ ":method": "POST", "content-type": "application/grpc", ...headers });
  stream.on("error", () => undefined);
  return stream;
}

async function send(
  headers: http2.OutgoingHttpHeaders,
  body: Buffer,
  session = connectHttp2(),
): Promise<IncomingHttpHeaders> {
  const stream = begin(session, headers);
  stream.resume();
  stream.end(body);
  const [answer] = (await once(stream, "response")) as [IncomingHttpHeaders];
  return answer;
}

/** The status that comes after an answer's content. */
async function trailers(stream: ClientHttp2Stream): Promise<unknown> {
  const [headers] = (await once(stream, "trailers")) as [IncomingHttpHeaders];
  return headers["grpc-status"];
}

describe("a call", () => {
  beforeEach(() => serve());

  test("gets its own answer, whatever others take", async () => {
    const client = connect();
    const late = call(client, SLOW, "late");
    await slow.arrived;
    const texts = ["", "text", "x".repeat(300_000)];
    expect(await Promise.all(texts.map((text) => call(client, ECHO, text)))).toEqual(texts);
    slow.answer();
    expect(await late).toBe("late");
  });

  test.each(["/test.Echo/Other", "/é%ü"])("of a method that there is not says so: %s", async (path) => {
    expect(await call(connect(), path, "")).toMatchObject({
      code: status.UNIMPLEMENTED,
      details: `no method ${path}`,
    });
  });

  test("whose handler fails gets a status, and others go on", async () => {
    const client = connect();
    expect(await call(client, BROKEN, "")).toMatchObject({
      code: status.INTERNAL,
      details: `${BROKEN} failed`,
    });
    expect(faults).toEqual([`${BROKEN}: Error: a fault of its own`]);
    expect(await call(client, ECHO, "still here")).toBe("still here");
  });

  test.each<[string, Buffer]>([
    ["is cut off", Buffer.of(0, 0, 0, 0, 9, 1)],
    ["has no length", Buffer.of(0, 0)],
    ["is followed by another", Buffer.of(0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0)],
    ["is compressed", Buffer.of(1, 0, 0, 0, 1, 1)],
  ])("whose message %s is refused", async (_, body) => {
    expect(await send({ ":path": ECHO }, body)).toMatchObject({ "grpc-status": String(status.INTERNAL) });
    expect(faults).toHaveLength(1);
  });

  test("that is none of gRPC's is refused", async () => {
    const answer = await send({ ":path": ECHO, "content-type": "application/json" }, Buffer.from("{}"));
    expect(answer[":status"]).toBe(415);
  });

  test.each<
    [string, (call: { session: ClientHttp2Session; stream: ClientHttp2Stream; socket: net.Socket }) => void]
  >([
    [
      "with its session",
      ({ session }) => {
        session.destroy();
      },
    ],
    [
      "by itself",
      ({ stream }) => {
        stream.destroy(new Error("given up"));
      },
    ],
    [
      "by an end of its connection",
      ({ socket }) => {
        socket.end();
      },
    ],
    [
      "with its connection cut",
      ({ socket }) => {
        socket.destroy();
      },
    ],
  ])("that is given up %s before it is whole is not heard, and no fault", async (_, giveUp) => {
    const socket = net.connect(place.path);
    const session = connectHttp2(socket);
    session.on("error", () => undefined);
    const stream = begin(session, { ":path": ECHO });
    stream.write(Buffer.of(0, 0, 0, 0, 9, 1));
    // On the same connection: when this is answered, the server has heard of the other.
    await send({ ":path": ECHO }, Buffer.of(0, 0, 0, 0, 0), session);
    giveUp({ session, stream, socket });
    await server.drain();
    expect(heard).toBe(1);
    expect(faults).toEqual([]);
  });

  test("that was given up needs no answer", async () => {
    const client = connect();
    const abandoned = client.makeUnaryRequest(SLOW, same, same, Buffer.alloc(0), () => undefined);
    await slow.arrived;
    abandoned.cancel();
    // On the same connection: when this is answered, the server has heard of the other.
    expect(await call(client, ECHO, "after it")).toBe("after it");
    slow.answer();
    expect(await call(client, ECHO, "still here")).toBe("still here");
    expect(faults).toEqual([]);
  });
});

describe("another call is answered", () => {
  beforeEach(() => serve());

  const MESSAGE = Buffer.of(0, 0, 0, 0, 0);

  test.each([http2.constants.NGHTTP2_PROTOCOL_ERROR, http2.constants.NGHTTP2_INTERNAL_ERROR])(
    "after one that was reset with code %i",
    async (code) => {
      const session = connectHttp2();
      const stream = begin(session, { ":path": SLOW });
      stream.end(MESSAGE);
      await slow.arrived;
      stream.close(code);
      slow.answer();
      expect(await send({ ":path": ECHO }, MESSAGE, session)).toMatchObject({ ":status": 200 });
      expect(faults).toEqual([]);
    },
  );

  test("after a connection that ended in an error", async () => {
    const session = connectHttp2();
    session.on("error", () => undefined);
    begin(session, { ":path": SLOW }).end(MESSAGE);
    await slow.arrived;
    session.goaway(http2.constants.NGHTTP2_INTERNAL_ERROR);
    await once(session, "close");
    slow.answer();
    expect(await send({ ":path": ECHO }, MESSAGE)).toMatchObject({ ":status": 200 });
    expect(faults).toEqual([]);
  });

  test("while a large answer waits to be read", async () => {
    const session = connectHttp2();
    const length = 30_000_000;
    const head = Buffer.alloc(5);
    head.writeUInt32BE(length, 1);
    const large = begin(session, { ":path": ECHO });
    large.end(Buffer.concat([head, Buffer.alloc(length)]));
    await once(large, "response");
    expect(await send({ ":path": ECHO }, MESSAGE, session)).toMatchObject({ ":status": 200 });
    large.resume();
    expect(await trailers(large)).toBe("0");
  });
});

describe("at the end", () => {
  beforeEach(() => serve());

  test("calls under way are answered and streams that are held end well", async () => {
    const client = connect();
    const held = client.makeServerStreamRequest(HELD, same, same, Buffer.alloc(0));
    held.resume();
    const ended = once(held, "status") as Promise<[{ code: number }]>;
    const late = call(client, SLOW, "late");
    await slow.arrived;
    const drained = server.drain();
    slow.answer();
    expect(await late).toBe("late");
    expect((await ended)[0].code).toBe(status.OK);
    await drained;
    expect(fs.existsSync(place.path)).toBe(false);
  });

  test("a further call on a connection that stays for another is refused", async () => {
    const client = connect();
    const late = call(client, SLOW, "late");
    await slow.arrived;
    const drained = server.drain();
    expect(await call(client, ECHO, "too late")).toMatchObject({ code: status.UNAVAILABLE });
    expect(heard).toBe(0);
    slow.answer();
    expect(await late).toBe("late");
    await drained;
  });

  test("a connection that the other end is closing already is waited for, however often", async () => {
    const session = connectHttp2();
    begin(session, { ":path": SLOW })
      .resume()
      .end(Buffer.of(0, 0, 0, 0, 0));
    await slow.arrived;
    session.close();
    const drained = Promise.all([server.drain(), server.drain()]);
    slow.answer();
    await expect(drained).resolves.toHaveLength(2);
  });
});

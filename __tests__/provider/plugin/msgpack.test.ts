import { decode, encode, ExtData } from "@msgpack/msgpack";
import fc from "fast-check";
import { decodeBlock, encodeBlock } from "../../../provider/plugin/msgpack";
import type { Attribute, AttributeType, Block } from "../../../provider/plugin/schema";
import type { ObjectValue, Value } from "../../../provider/plugin/value";
import { UNKNOWN } from "../../../provider/plugin/value";
import { ValueError } from "../../../provider/plugin/value-error";

function blockOf(types: Record<string, AttributeType>, blocks: Block["blocks"] = {}): Block {
  const attributes = Object.entries(types).map(([name, type]): [string, Attribute] => [
    name,
    { type, description: "", optional: true },
  ]);
  return { description: "", attributes: Object.fromEntries(attributes), blocks };
}

/** The one attribute `a` of a block, as Terraform would send it and as it is read. */
function read(type: AttributeType, wire: unknown): Value | undefined {
  return decodeBlock(encode({ a: wire }), blockOf({ a: type }))?.a;
}

function hex(values: ObjectValue, type: AttributeType): string {
  return Buffer.from(encodeBlock(values, blockOf({ a: type }))).toString("hex");
}

function thrown(action: () => unknown): ValueError {
  try {
    action();
  } catch (error) {
    if (error instanceof ValueError) return error;
  }
  throw new Error("no ValueError was thrown");
}

describe("what Terraform reads", () => {
  test("an unknown value is extension 0 with one zero byte", () => {
    expect(hex({ a: UNKNOWN }, "string")).toBe("81a161d40000");
  });

  test("numbers are decimal text, which Terraform reads as it reads its state", () => {
    expect(hex({ a: 401 }, "number")).toBe("81a161a3343031");
    expect(decode(encodeBlock({ a: 0.1 }, blockOf({ a: "number" })))).toEqual({ a: "0.1" });
  });

  test("a resource that is not there is nil", () => {
    expect(Buffer.from(encodeBlock(null, blockOf({}))).toString("hex")).toBe("c0");
  });
});

describe("what Terraform sends", () => {
  test.each([
    ["plain", new ExtData(0, new Uint8Array([0]))],
    ["refined", new ExtData(12, new Uint8Array([0x81, 0x01, 0xc2]))],
  ])("an unknown value, %s", (_kind, wire) => {
    expect(read("string", wire)).toBe(UNKNOWN);
    expect(read({ list: "string" }, ["x", wire])).toEqual(["x", UNKNOWN]);
  });

  test.each([
    ["an integer", 8192, 8192],
    ["a 64-bit integer", 9_007_199_254_740_991n, 9_007_199_254_740_991],
    ["an exact float", 0.5, 0.5],
    ["decimal text", "0.1", 0.1],
  ])("%s", (_kind, wire, number) => {
    const bytes = encode({ a: wire }, { useBigInt64: true });
    expect(decodeBlock(bytes, blockOf({ a: "number" }))).toEqual({ a: number });
  });

  test.each([
    ["integer", 9_007_199_254_740_993n],
    ["float", 1e300],
    ["decimal text", "0.12345678901234567890123"],
  ])("a number that a double cannot hold (%s) is refused at its attribute", (_kind, wire) => {
    const bytes = encode({ a: { x: [wire] } }, { useBigInt64: true });
    const error = thrown(() => decodeBlock(bytes, blockOf({ a: { map: { list: "number" } } })));
    expect(error.path).toEqual(["a", "x", 0]);
    expect(error.message).toContain("9007199254740991");
    // The value may be a secret.
    expect(error.message).not.toContain(String(wire));
  });

  test("blocks: none is null or an empty list", () => {
    const inner = blockOf({ create: "string" });
    const block = blockOf(
      {},
      { timeouts: { nesting: "single", block: inner }, disk: { nesting: "list", block: inner } },
    );
    const set = { timeouts: { create: "5m" }, disk: [{ create: null }] };
    expect(decodeBlock(encode(set), block)).toEqual(set);
    expect(decodeBlock(encode({ timeouts: null, disk: [] }), block)).toEqual({ timeouts: null, disk: [] });
  });
});

describe("bugs of a resource are told by attribute", () => {
  test.each<[string, ObjectValue, string]>([
    ["missing", {}, "null"],
    ["wrong type", { a: 4 }, "must be a string; got a number"],
    ["no such attribute", { a: "x", b: "y" }, "no attribute"],
  ])("%s", (_kind, values, text) => {
    const error = thrown(() => encodeBlock(values, blockOf({ a: "string" })));
    expect(error.message).toContain(text);
    expect(error.path).toHaveLength(1);
  });
});

const types = fc.letrec<{ type: AttributeType }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<AttributeType>("string", "number", "bool"),
    tie("type").map((list): AttributeType => ({ list })),
    tie("type").map((set): AttributeType => ({ set })),
    tie("type").map((map): AttributeType => ({ map })),
    fc
      .dictionary(fc.stringMatching(/^[a-z_]{1,6}$/), tie("type"), { maxKeys: 3 })
      .map((object): AttributeType => ({ object: { ...object } })),
  ),
})).type;

function values(type: AttributeType): fc.Arbitrary<Value> {
  const known = ((): fc.Arbitrary<Value> => {
    if (type === "string") return fc.string({ unit: "grapheme" });
    if (type === "bool") return fc.boolean();
    if (type === "number") {
      const fraction = fc.double({ noNaN: true, noDefaultInfinity: true, noInteger: true });
      return fc.oneof(fc.maxSafeInteger(), fraction);
    }
    if ("list" in type || "set" in type)
      return fc.array(values("list" in type ? type.list : type.set), { maxLength: 3 });
    if ("map" in type) {
      const key = fc.string().filter((text) => text !== "__proto__");
      return fc.dictionary(key, values(type.map), { maxKeys: 3, noNullPrototype: true });
    }
    return fc.record(
      Object.fromEntries(Object.entries(type.object).map(([name, inner]) => [name, values(inner)])),
      { noNullPrototype: true },
    );
  })();
  return fc.oneof({ weight: 6, arbitrary: known }, fc.constant(null), fc.constant<Value>(UNKNOWN));
}

test("any value of any schema comes back as it went", () => {
  const pairs = types.chain((type) => values(type).map((value): [AttributeType, Value] => [type, value]));
  fc.assert(
    fc.property(pairs, ([type, value]) => {
      const block = blockOf({ a: type });
      expect(decodeBlock(encodeBlock({ a: value }, block), block)).toEqual({ a: value });
    }),
    { numRuns: 300 },
  );
});

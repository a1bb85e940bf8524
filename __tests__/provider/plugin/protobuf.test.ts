import fc from "fast-check";
import type { Field, FieldType, Message, PlainType } from "../../../provider/plugin/messages";
import { SERVICES, SHARED_MESSAGES } from "../../../provider/plugin/messages";
import { decodeRequest, encodeMessage } from "../../../provider/plugin/protobuf";
import { serviceDefinition } from "./service-definitions";

/** Every call of every service. */
const CALLS = Object.entries(SERVICES).flatMap(([service, rpcs]) =>
  Object.entries(rpcs).map(([name, rpc]) => ({ service, name, rpc })),
);

/** How deep blocks are within blocks. */
const DEPTH = 3;

const PLAIN: Readonly<Record<PlainType, fc.Arbitrary<unknown>>> = {
  string: fc.string({ unit: "binary", maxLength: 200 }),
  bytes: fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  int: fc.maxSafeNat(),
  bool: fc.boolean(),
};

function anyValue(type: FieldType, depth: number): fc.Arbitrary<unknown> {
  return type in PLAIN
    ? PLAIN[type as PlainType]
    : anyMessage(SHARED_MESSAGES[type as keyof typeof SHARED_MESSAGES], depth - 1);
}

function anyField([type, , modifier]: Field, depth: number): fc.Arbitrary<unknown> {
  const value = anyValue(type, depth);
  if (modifier === "repeated") return fc.array(value, { maxLength: 3 });
  if (modifier === "map") {
    return fc.dictionary(fc.string({ minLength: 1 }), value, { maxKeys: 3, noNullPrototype: true });
  }
  return value;
}

/** Values with some of the fields. */
function anyMessage(message: Message, depth = DEPTH): fc.Arbitrary<object> {
  if (depth === 0) return fc.constant({});
  const fields = Object.entries(message).map(([name, field]) => [name, anyField(field, depth)]);
  return fc.record(Object.fromEntries(fields) as Record<string, fc.Arbitrary<unknown>>, { requiredKeys: [] });
}

/** What a call sends, written and read by protobufjs. */
function protobufjs(service: string, name: string) {
  const method = serviceDefinition(service)[name];
  if (method === undefined) throw new Error(`no ${service}/${name}`);
  return method;
}

describe.each(CALLS)("$service/$name, as protobufjs has it:", ({ service, name, rpc }) => {
  const other = protobufjs(service, name);

  test("the response that is written", () => {
    fc.assert(
      fc.property(anyMessage(rpc.Response), (values) => {
        const written = encodeMessage(rpc.Response, values);
        expect(other.responseDeserialize(written)).toEqual(
          other.responseDeserialize(other.responseSerialize(values)),
        );
      }),
    );
  });

  test("the request that is read", () => {
    fc.assert(
      fc.property(anyMessage(rpc.Request), (values) => {
        const bytes = other.requestSerialize(values);
        expect(decodeRequest(rpc.Request, bytes)).toEqual(other.requestDeserialize(bytes));
      }),
    );
  });
});

const READ = { type_name: ["string", 1], state: ["DynamicValue", 2], isSent: ["bool", 3] } as const;

test("fields that are not known are skipped, of whatever kind", () => {
  const later: Message = {
    type_name: ["string", 1],
    number: ["int", 7],
    text: ["string", 8],
    message: ["Diagnostic", 9],
    // A field of another kind than the table has is another field.
    isSent: ["string", 3],
  };
  const bytes = encodeMessage(later, {
    type_name: "pve_qemu",
    number: 2 ** 40,
    text: "later",
    message: { summary: "later", attribute: { steps: [{ element_key_int: 0 }] } },
    isSent: "yes",
  });
  expect(decodeRequest(READ, bytes)).toEqual({ type_name: "pve_qemu", state: null, isSent: false });
});

test("an index of 0 is sent, for it says which step it is", () => {
  const path: Message = { attribute: ["AttributePath", 1] };
  const bytes = encodeMessage(path, {
    attribute: { steps: [{ element_key_int: 0 }, { attribute_name: "" }] },
  });
  expect([...bytes]).toEqual([0x0a, 0x08, 0x0a, 0x02, 0x18, 0x00, 0x0a, 0x02, 0x0a, 0x00]);
});

test.each<[string, readonly number[]]>([
  ["a text that is cut off", [0x0a, 0x05, 0x61]],
  ["a number that does not end", [0x18, 0xff, 0xff]],
  ["a message that is longer than what it is in", [0x12, 0x09, 0x0a, 0x01, 0x61]],
  ["a field that is longer than its message", [0x12, 0x02, 0x0a, 0x01, 0x61]],
  ["a kind of field that there is not", [0x07]],
])("%s is refused", (_, bytes) => {
  expect(() => decodeRequest(READ, Uint8Array.from(bytes))).toThrow();
});

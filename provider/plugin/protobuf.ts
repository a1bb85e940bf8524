import { Reader, Writer } from "protobufjs/minimal";
import type { Field, FieldType, Message, PlainType, Rpc } from "./messages";
import { SHARED_MESSAGES } from "./messages";

/*
 * Messages to bytes and back, straight from the table of their fields. protobufjs would make such functions itself, but takes
 * longer to read the descriptions than a provider takes for all that it sends in a plan; here it writes and reads
 * the values alone. Source of the format: protobuf.dev/programming-guides/encoding.
 */

type Values = Readonly<Record<string, unknown>>;
type SharedType = keyof typeof SHARED_MESSAGES;

/** The low bits of a tag say how to find the end of the field. */
const WIRE_BITS = 3;
const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** How values of a type are written and read. */
interface ValueFormat {
  readonly wire: number;
  /** The value of a field that was not sent. */
  readonly initial: unknown;
  readonly write: (writer: Writer, value: unknown) => void;
  readonly read: (reader: Reader) => unknown;
}

const PLAIN: Readonly<Record<PlainType, ValueFormat>> = {
  string: {
    wire: LENGTH_DELIMITED,
    initial: "",
    write: (writer, value) => writer.string(value as string),
    read: (reader) => reader.string(),
  },
  bytes: {
    wire: LENGTH_DELIMITED,
    initial: Buffer.alloc(0),
    write: (writer, value) => writer.bytes(value as Uint8Array),
    read: (reader) => reader.bytes(),
  },
  int: {
    wire: VARINT,
    initial: 0,
    write: (writer, value) => writer.int64(value as number),
    read: (reader) => Number(reader.int64()),
  },
  bool: {
    wire: VARINT,
    initial: false,
    write: (writer, value) => writer.bool(value as boolean),
    read: (reader) => reader.bool(),
  },
};

function messageFormat(message: Message): ValueFormat {
  return {
    wire: LENGTH_DELIMITED,
    initial: null,
    write: (writer, value) => {
      writer.fork();
      writeMessage(writer, message, value as Values);
      writer.ldelim();
    },
    read: (reader) => {
      const length = reader.uint32();
      return readMessage(reader, message, reader.pos + length);
    },
  };
}

function formatOf(type: FieldType): ValueFormat {
  return type in PLAIN ? PLAIN[type as PlainType] : messageFormat(SHARED_MESSAGES[type as SharedType]);
}

/** A field with how its values are written and read. */
interface FormattedField {
  readonly name: string;
  readonly number: number;
  readonly modifier: Field[2];
  readonly format: ValueFormat;
}

const formattedFields = new WeakMap<Message, readonly FormattedField[]>();

/** The fields of a message, put together once: Terraform sends the same few messages for every resource. */
function fieldsOf(message: Message): readonly FormattedField[] {
  const known = formattedFields.get(message);
  if (known !== undefined) return known;
  const fields = Object.entries(message).map(([name, [type, number, modifier]]) => {
    return { name, number, modifier, format: formatOf(type) };
  });
  formattedFields.set(message, fields);
  return fields;
}

/** The fields of the messages that a map is sent as. */
const MAP_KEY_NUMBER = 1;
const MAP_VALUE_NUMBER = 2;

/** A message as bytes; what is undefined or null is not sent. */
export function encodeMessage(message: Message, values: object): Buffer {
  const writer = Writer.create();
  writeMessage(writer, message, values as Values);
  // Under Node protobufjs writes into a Buffer.
  return writer.finish() as Buffer;
}

/**
 * A request from bytes. A field that was not sent has its default: null for a message, else nothing or 0. What is not in
 * the table is skipped; of what is sent twice the last counts.
 *
 * @throws Error where the bytes are no message
 */
export function decodeRequest(request: Rpc["Request"], bytes: Uint8Array): Values {
  return readMessage(Reader.create(bytes), request, bytes.length);
}

function writeMessage(writer: Writer, message: Message, values: Values): void {
  for (const field of fieldsOf(message)) {
    const value = values[field.name];
    if (value !== undefined && value !== null) writeField(writer, field, value);
  }
}

function writeField(writer: Writer, { number, modifier, format }: FormattedField, value: unknown): void {
  if (modifier === "repeated") {
    for (const element of value as readonly unknown[]) writeValue(writer, number, format, element);
  } else if (modifier === "map") {
    for (const [key, element] of Object.entries(value as Values)) {
      writeTag(writer, number, LENGTH_DELIMITED).fork();
      writeValue(writer, MAP_KEY_NUMBER, PLAIN.string, key);
      writeValue(writer, MAP_VALUE_NUMBER, format, element);
      writer.ldelim();
    }
  } else if (modifier === "present" || (value !== "" && value !== 0 && value !== false)) {
    writeValue(writer, number, format, value);
  }
}

function writeValue(writer: Writer, number: number, format: ValueFormat, value: unknown): void {
  format.write(writeTag(writer, number, format.wire), value);
}

function writeTag(writer: Writer, number: number, wire: number): Writer {
  return writer.uint32((number << WIRE_BITS) | wire);
}

/** @param end Where in the reader's bytes the message ends. */
function readMessage(reader: Reader, message: Message, end: number): Values {
  const fields = fieldsOf(message);
  const values: Record<string, unknown> = {};
  for (const { name, format } of fields) values[name] = format.initial;
  while (reader.pos < end) {
    const tag = reader.uint32();
    const [number, wire] = [tag >>> WIRE_BITS, tag & ((1 << WIRE_BITS) - 1)];
    const known = fields.find((field) => field.number === number && field.format.wire === wire);
    if (known === undefined) reader.skipType(wire);
    else values[known.name] = known.format.read(reader);
  }
  if (reader.pos > end) throw new Error("a field goes on after the end of its message");
  return values;
}

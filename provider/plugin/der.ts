/*
 * The distinguished encoding rules (DER) for the few ASN.1 types that a certificate is made of. An element is its tag, the
 * length of its content and the content. Source: ITU-T X.690 (02/2021), clauses 8 and 10.
 */

const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** Bits of a tag that make it one of its context: of a simple value, or of a value made of elements. */
const CONTEXT_SIMPLE = 0x80;
const CONTEXT_CONSTRUCTED = 0xa0;

/** The last year that certificates write with two digits. Source: RFC 5280, section 4.1.2.5. */
const LAST_UTC_TIME_YEAR = 2049;

function element(tag: number, content: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([tag]), lengthOctets(content.length), content]);
}

/** Below 128 one octet; else the number of octets and the length in them. */
function lengthOctets(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length]);
  const octets = unsigned(length);
  return Buffer.concat([Buffer.from([0x80 | octets.length]), octets]);
}

function unsigned(value: number): Buffer {
  const hex = value.toString(16);
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), "0"), "hex");
}

/** A SEQUENCE of elements. */
export function sequence(...elements: readonly Uint8Array[]): Buffer {
  return element(TAG.sequence, Buffer.concat(elements));
}

/** A SET of one element; more would have to be sorted. */
export function setOf(only: Uint8Array): Buffer {
  return element(TAG.set, only);
}

/** A BOOLEAN that is true; false is what is left out. */
export function booleanTrue(): Buffer {
  return element(TAG.boolean, Buffer.from([0xff]));
}

/** A positive INTEGER. @param magnitude Big-endian, as long as one likes. */
export function integer(magnitude: Uint8Array): Buffer {
  const first = magnitude.findIndex((octet) => octet !== 0);
  const shortest = first < 0 ? Buffer.of(0) : magnitude.subarray(first);
  // A first bit of 1 would make it negative.
  const sign = (shortest[0] ?? 0) >= 0x80 ? [0] : [];
  return element(TAG.integer, Buffer.concat([Buffer.from(sign), shortest]));
}

/** A BIT STRING. @param unusedBits How many of the last octet's lowest bits do not count. @default 0 */
export function bitString(octets: Uint8Array, unusedBits = 0): Buffer {
  return element(TAG.bitString, Buffer.concat([Buffer.from([unusedBits]), octets]));
}

/** An OCTET STRING. */
export function octetString(octets: Uint8Array): Buffer {
  return element(TAG.octetString, octets);
}

/** A UTF8String. */
export function utf8String(text: string): Buffer {
  return element(TAG.utf8String, Buffer.from(text));
}

/** An OBJECT IDENTIFIER. @param dotted Such as `2.5.29.17`. */
export function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...others] = dotted.split(".").map(Number);
  // The first two arcs share a number.
  return element(TAG.objectIdentifier, Buffer.from([first * 40 + second, ...others].flatMap(base128)));
}

/** Seven bits an octet, the highest bit set in all but the last. */
function base128(arc: number): number[] {
  const octets = [arc & 0x7f];
  for (let rest = arc >> 7; rest > 0; rest >>= 7) octets.unshift(0x80 | (rest & 0x7f));
  return octets;
}

/** A point in time in whole seconds as certificates write it: UTCTime to the end of 2049, then GeneralizedTime. */
export function time(date: Date): Buffer {
  const digits = date
    .toISOString()
    .replace(/\.\d+Z$/, "")
    .replace(/\D/g, "");
  return date.getUTCFullYear() <= LAST_UTC_TIME_YEAR
    ? element(TAG.utcTime, Buffer.from(`${digits.slice(2)}Z`))
    : element(TAG.generalizedTime, Buffer.from(`${digits}Z`));
}

/** `[number] IMPLICIT` of a simple value, whose content this is. */
export function contextSimple(number: number, content: Uint8Array): Buffer {
  return element(CONTEXT_SIMPLE | number, content);
}

/** `[number] EXPLICIT` of an element. */
export function contextExplicit(number: number, content: Uint8Array): Buffer {
  return element(CONTEXT_CONSTRUCTED | number, content);
}

import { decode, encode, ExtData } from "@msgpack/msgpack";
import type { ExtensionCodecType } from "@msgpack/msgpack";
import { fromPlain, toPlain } from "./plain-value";
import type { Block } from "./schema";
import { UNKNOWN } from "./value";
import type { ObjectValue } from "./value";

/**
 * Every extension stands for an unknown value: 0 says no more than that, 12 refines it (which this provider has no
 * use for). Source: hashicorp/terraform:docs/plugin-protocol/object-wire-format.md.
 */
const unknowns: ExtensionCodecType<undefined> = {
  tryToEncode: (value) => (value === UNKNOWN ? new ExtData(0, new Uint8Array([0])) : null),
  decode: () => UNKNOWN,
};

/** A block's values as Terraform's msgpack; `null` for a resource that is not there. @throws ValueError */
export function encodeBlock(values: ObjectValue | null, block: Block): Uint8Array {
  return encode(values && toPlain(values, block), { extensionCodec: unknowns });
}

/** A block's values from Terraform's msgpack. @throws ValueError */
export function decodeBlock(bytes: Uint8Array, block: Block): ObjectValue | null {
  if (bytes.length === 0) return null;
  const plain = decode(bytes, { extensionCodec: unknowns, useBigInt64: true });
  return plain === null ? null : fromPlain(plain, block);
}

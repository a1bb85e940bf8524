/** Before each message: a flag for compression, and the message's length. Source: grpc/grpc:doc/PROTOCOL-HTTP2.md. */
const HEAD_BYTES = 5;
const UNCOMPRESSED = 0;

/** A message as it is sent. */
export function framed(message: Uint8Array): Buffer {
  const head = Buffer.alloc(HEAD_BYTES);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/**
 * The one message in what was sent.
 *
 * @throws Error where there is not exactly one, whole and uncompressed
 */
export function unframed(bytes: Buffer): Buffer {
  const isWhole = bytes.length >= HEAD_BYTES && bytes.readUInt32BE(1) === bytes.length - HEAD_BYTES;
  if (!isWhole) throw new Error(`${bytes.length} bytes are not one whole message`);
  if (bytes[0] !== UNCOMPRESSED) throw new Error("the message is compressed, which was not offered");
  return bytes.subarray(HEAD_BYTES);
}

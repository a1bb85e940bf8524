import * as fs from "node:fs";

/**
 * Reads a file, but no more of it than so many bytes: the path may name a device without end.
 * @throws Error of the file system
 */
export function readAtMost(file: string, bytes: number): Buffer {
  const descriptor = fs.openSync(file, "r");
  try {
    const chunks: Buffer[] = [];
    let left = bytes;
    while (left > 0) {
      const chunk = Buffer.allocUnsafe(Math.min(left, CHUNK_BYTES));
      const read = fs.readSync(descriptor, chunk, 0, chunk.length, null);
      if (read === 0) break;
      chunks.push(chunk.subarray(0, read));
      left -= read;
    }
    return Buffer.concat(chunks);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** More than most files have: one read, and no memory set aside for the largest that would do. */
const CHUNK_BYTES = 256 * 1024;

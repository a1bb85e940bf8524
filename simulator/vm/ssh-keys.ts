import { failure } from "../schema/api-error";

/**
 * Checks that every line is a public key, as `ssh-keygen -l` would.
 *
 * @param encoded the keys, percent-encoded, one a line
 * @throws ApiError 500 `SSH public key validation error`
 */
export function assertSshKeys(encoded: string): void {
  const lines = decode(encoded)
    .split("\n")
    .filter((line) => line.trim() !== "");
  if (!lines.every(isPublicKey)) throw failure("SSH public key validation error");
}

function decode(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return encoded;
  }
}

function isPublicKey(line: string): boolean {
  const words = line.trim().split(/\s+/);
  return words.some((type, index) => {
    const blob = words[index + 1];
    return /^(?:ssh|ecdsa|sk-ssh|sk-ecdsa)-/.test(type) && blob !== undefined && holdsKey(blob, type);
  });
}

/** A key is a row of fields, each after its length in four bytes; the first names the type. */
function holdsKey(base64: string, type: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return false;
  const bytes = Buffer.from(base64, "base64");
  const fields: Buffer[] = [];
  let offset = 0;
  while (offset + 4 <= bytes.length) {
    const end = offset + 4 + bytes.readUInt32BE(offset);
    if (end > bytes.length) return false;
    fields.push(bytes.subarray(offset + 4, end));
    offset = end;
  }
  return offset === bytes.length && fields.length > 1 && fields[0]?.toString() === type;
}

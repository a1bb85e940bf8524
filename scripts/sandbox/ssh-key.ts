import { generateKeyPairSync } from "node:crypto";

/**
 * A public key in OpenSSH's form whose private half is thrown away: simulated VMs have nobody to log in.
 */
export function makeThrowAwayPublicKey(comment: string): string {
  const { publicKey } = generateKeyPairSync("ed25519");
  const raw = Buffer.from(publicKey.export({ format: "jwk" }).x ?? "", "base64url");
  const blob = Buffer.concat(
    [Buffer.from("ssh-ed25519"), raw].flatMap((part) => [uint32(part.length), part]),
  );
  return `ssh-ed25519 ${blob.toString("base64")} ${comment}`;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Key types that OpenSSH takes, with the number of fields that a key of it has. */
const FIELD_COUNTS: Readonly<Record<string, number>> = {
  "ssh-ed25519": 2,
  "ssh-rsa": 3,
  "ecdsa-sha2-nistp256": 3,
  "ecdsa-sha2-nistp384": 3,
  "ecdsa-sha2-nistp521": 3,
  "sk-ssh-ed25519@openssh.com": 3,
  "sk-ecdsa-sha2-nistp256@openssh.com": 4,
};

/** The keys of a text with one key a line; blank lines and comments are left out. */
export function splitSshKeys(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("#"));
}

/**
 * Faults of a text with one OpenSSH public key a line. A private key is refused without being repeated.
 */
export function sshKeyFaults(text: string): string[] {
  if (text.includes("PRIVATE KEY")) {
    return ["This holds a private key: give the public one, from the file that ends in .pub."];
  }
  return splitSshKeys(text).flatMap((line, index) => {
    const fault = keyFault(line);
    return fault === undefined ? [] : [`Key ${index + 1} ${fault}`];
  });
}

function keyFault(line: string): string | undefined {
  const words = line.split(/\s+/);
  if (words.includes("ssh-dss")) {
    return "is a DSA key, which OpenSSH takes no longer: make one with ssh-keygen -t ed25519.";
  }
  const typeAt = words.findIndex((word) => Object.hasOwn(FIELD_COUNTS, word));
  const [type, base64 = ""] = typeAt < 0 ? [] : words.slice(typeAt);
  if (type === undefined) {
    return 'is no OpenSSH public key such as "ssh-ed25519 AAAA… name@host". To take it from a file write file("PATH.pub").';
  }
  // The key repeats its type and says how long each field is: a cut or mixed-up key shows here, not at the first login.
  const fields = wireFields(Buffer.from(base64, "base64"));
  const isWhole =
    fields !== undefined && fields.length === FIELD_COUNTS[type] && fields[0]?.toString("latin1") === type;
  return isWhole ? undefined : `(${type}) is damaged: copy the whole line of its .pub file again.`;
}

/** The fields of a key, each with its length before it; `undefined` where they do not fill it. Source: RFC 4251, 5. */
function wireFields(key: Buffer): Buffer[] | undefined {
  const fields: Buffer[] = [];
  for (let at = 0; at < key.length;) {
    if (at + 4 > key.length) return undefined;
    const end = at + 4 + key.readUInt32BE(at);
    if (end > key.length) return undefined;
    fields.push(key.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

/**
 * Keys as Proxmox takes them: percent-encoded, a space as `%20`.
 * Source: qemu-server, format `urlencoded` of `sshkeys`.
 */
export function encodeSshKeys(text: string): string {
  return encodeURIComponent(splitSshKeys(text).join("\n"));
}

/** Keys as Proxmox returns them, one a line. */
export function decodeSshKeys(encoded: string): string {
  return decodeURIComponent(encoded).trim();
}

const KEY_TYPE =
  /^(ssh-(ed25519|rsa|dss)|ecdsa-sha2-nistp(256|384|521)|sk-(ssh-ed25519|ecdsa-sha2-nistp256)@openssh\.com)$/;

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
    const fields = line.split(/\s+/);
    const typeAt = fields.findIndex((field) => KEY_TYPE.test(field));
    const blob = typeAt < 0 ? "" : (fields[typeAt + 1] ?? "");
    // The key's own first field repeats its type: a cut or mixed-up key shows here, not at the first login.
    const decoded = Buffer.from(blob, "base64");
    const type = fields[typeAt] ?? "";
    const typeInside =
      decoded.length > 4 ? decoded.subarray(4, 4 + decoded.readUInt32BE(0)).toString("latin1") : "";
    if (typeAt < 0)
      return [
        `Key ${index + 1} is no OpenSSH public key such as "ssh-ed25519 AAAA… name@host". To take it from a file write file("PATH.pub").`,
      ];
    if (typeInside !== type)
      return [`Key ${index + 1} (${type}) is damaged: copy the whole line of its .pub file again.`];
    return [];
  });
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

const SHA256_HEX_DIGITS = 64;
const SHA1_HEX_DIGITS = 40;

/**
 * Parses the SHA-256 fingerprint of a certificate as Proxmox's interface and `pvenode cert info` show it, in upper or
 * lower case, with or without colons.
 *
 * @returns upper case with colons, as Node shows it
 * @throws Error where it is something else, with what to give
 */
export function parseFingerprint(text: string): string {
  const digits = text.trim().replaceAll(":", "").toUpperCase();
  if (!/^[0-9A-F]*$/.test(digits) || digits.length !== SHA256_HEX_DIGITS) {
    const kind = digits.length === SHA1_HEX_DIGITS ? " (a SHA-1 fingerprint is too short)" : "";
    throw new Error(
      `"${text}" is no SHA-256 fingerprint${kind}: it has ${SHA256_HEX_DIGITS} hexadecimal digits, with or without ` +
        'colons, as "pvenode cert info" prints it on the node',
    );
  }
  return (digits.match(/../g) ?? []).join(":");
}

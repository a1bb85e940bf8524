import { decodeSshKeys, encodeSshKeys, sshKeyFaults } from "../../../provider/proxmox/ssh-keys";

const BLOB = "AAAAC3NzaC1lZDI1NTE5AAAAIDbH3pqyhNqUbHhGRKtZx0bXOEYGEJfRlhVhTRr6JqJr";
const KEY = `ssh-ed25519 ${BLOB} user@host+x`;

test("keys travel percent-encoded, a space never as plus, and come back whole", () => {
  const encoded = encodeSshKeys(`${KEY}\n\n# a comment\n${KEY}\n`);
  expect(encoded).toMatch(/^[-%a-zA-Z0-9_.!~*'()]*$/);
  expect(encoded).toContain("%20");
  expect(decodeSshKeys(encoded)).toBe(`${KEY}\n${KEY}`);
});

test("public keys are good, also with options before them", () => {
  expect(sshKeyFaults(`${KEY}\nfrom="10.0.0.0/8" ssh-ed25519 ${BLOB}`)).toEqual([]);
});

test.each([
  ["ssh-ed25519", "Key 1 (ssh-ed25519) is damaged"],
  [`ssh-rsa ${BLOB}`, "Key 1 (ssh-rsa) is damaged"],
  [`${KEY}\nhello`, "Key 2 is no OpenSSH public key"],
])("%s is refused", (text, message) => {
  expect(sshKeyFaults(text).join()).toContain(message);
});

test("a private key is refused and not repeated", () => {
  const faults = sshKeyFaults(
    "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXk\n-----END OPENSSH PRIVATE KEY-----",
  );
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain("the public one");
  expect(faults[0]).not.toContain("b3Blbn");
});

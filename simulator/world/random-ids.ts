import { randomBytes, randomInt } from "node:crypto";

/** A MAC address as Proxmox VE makes them: its own prefix, upper case, `BC:24:11:xx:xx:xx`. */
export function randomMacAddress(): string {
  const tail = [...randomBytes(3)].map((byte) => byte.toString(16).padStart(2, "0").toUpperCase());
  return ["BC", "24", "11", ...tail].join(":");
}

/** The id of a new process: each start of a VM has another. */
export function randomPid(): number {
  return randomInt(2000, 4_000_000);
}

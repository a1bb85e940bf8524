import { randomBytes } from "node:crypto";

/** A MAC address as Proxmox VE makes them: its own prefix, upper case, `BC:24:11:xx:xx:xx`. */
export function randomMacAddress(): string {
  const tail = [...randomBytes(3)].map((byte) => byte.toString(16).padStart(2, "0").toUpperCase());
  return ["BC", "24", "11", ...tail].join(":");
}

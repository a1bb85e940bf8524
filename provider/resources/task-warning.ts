import { warningDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { TaskWarnings } from "../proxmox/tasks";

/** Source: qemu-server src/PVE/QemuServer.pm (destroy_vm). */
const DISK_LEFT = /Could not remove disk '([^']+)'/;

/**
 * Tells a person that Proxmox did something with reservations.
 *
 * @param done what was done and to which VM, such as `VM 401 (rancher-manager-1) on node pve1 was deleted`
 * @returns nothing where there was no warning
 */
export function taskWarningDiagnostics(done: string, { upid, lines }: TaskWarnings): Diagnostic[] {
  if (lines.length === 0) return [];
  const [, node = ""] = upid.split(":");
  const volumes = lines.flatMap((line) => DISK_LEFT.exec(line)?.[1] ?? []);
  const advice =
    volumes.length === 0
      ? []
      : [
          "",
          `What could not be removed stays on its storage, and nothing knows of it any more: look what still uses it, ` +
            `then remove it by hand, on node ${node} as root:`,
          ...volumes.map((volume) => `  pvesm free ${volume}`),
        ];
  return [
    warningDiagnostic(
      `${done}, with warnings`,
      [`Task: ${upid}`, "Proxmox said:", ...lines.map((line) => `  ${line}`), ...advice].join("\n"),
    ),
  ];
}

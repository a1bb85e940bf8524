import type { Simulator, VmSnapshot } from "../../simulator";

/** VMs that are no templates, by VM id. */
export function listVms(simulator: Simulator): VmSnapshot[] {
  return simulator.vms().filter((vm) => !vm.isTemplate);
}

/** Lines of a table whose columns are as wide as they need to be. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd();
  return [line(header), line(widths.map((width) => "─".repeat(width))), ...rows.map(line)];
}

/** What the simulated Proxmox holds, as a table. */
export function formatVms(simulator: Simulator): string[] {
  const text = (vm: VmSnapshot, key: string): string => vm.config[key] ?? "";
  return formatTable(
    ["VM id", "name", "node", "status", "cores", "MiB", "scsi0", "address", "net0"],
    listVms(simulator).map((vm) => [
      String(vm.vmid),
      vm.name,
      vm.node,
      vm.status,
      text(vm, "cores"),
      text(vm, "memory"),
      text(vm, "scsi0"),
      text(vm, "ipconfig0").replace(/^ip=|,gw=.*$/g, ""),
      text(vm, "net0").replace(/=[0-9A-F:]{17}/, ""),
    ]),
  );
}

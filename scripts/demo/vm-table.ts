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

/** What the simulated Proxmox holds, as a table that fits a terminal. */
export function formatVms(simulator: Simulator): string[] {
  const find = (vm: VmSnapshot, key: string, pattern: RegExp): string =>
    pattern.exec(vm.config[key] ?? "")?.[1] ?? "";
  return formatTable(
    ["VM id", "name", "node", "status", "cores", "MiB", "disk", "VLAN", "address"],
    listVms(simulator).map((vm) => [
      String(vm.vmid),
      vm.name,
      vm.node,
      vm.status,
      vm.config["cores"] ?? "",
      vm.config["memory"] ?? "",
      `${find(vm, "scsi0", /size=(\w+)/)} ${find(vm, "scsi0", /^([^:]+):/)}`,
      find(vm, "net0", /tag=(\d+)/),
      find(vm, "ipconfig0", /ip=([^,]+)/),
    ]),
  );
}

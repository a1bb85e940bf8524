/** The newest version of each machine type there is. */
const NEWEST: Readonly<Record<string, string>> = {
  pc: "pc-i440fx-10.1",
  q35: "pc-q35-10.1",
  virt: "virt-10.1",
};

/** Whether a system is one of Windows, by its `ostype`. */
export function isWindows(ostype: string | undefined): boolean {
  return /^(?:w2k|wxp|wvista|win)/.test(ostype ?? "");
}

/**
 * The machine type with the version that a VM is pinned to, because its system is confused by a newer machine.
 *
 * @param machine the value of the key. Absent for a VM that says nothing of it
 * @returns undefined where the type has a version already
 */
export function pinnedMachine(machine: string | undefined): string | undefined {
  const [, type = "pc", rest = ""] = /^(?:type=)?([^,=]+)(,.*)?$/.exec(machine ?? "pc") ?? [];
  const pinned = NEWEST[type];
  return pinned === undefined ? undefined : pinned + rest;
}

import { isNumericKey } from "../schema/vm-parameters";
import type { Vm } from "../world/vm";

type JsonValue = string | number;

/** One row of the list of pending changes. */
interface PendingRow {
  readonly key: string;
  readonly value?: JsonValue;
  readonly pending?: JsonValue;
  /** 1: to be removed; 2: with its volume. */
  readonly delete?: 1 | 2;
}

/** A configuration as the API shows it: with the changes that wait applied. */
export function configWithPending(vm: Vm): Record<string, JsonValue> {
  const merged = { ...vm.config, ...vm.pending };
  for (const key of vm.pendingDelete.keys()) Reflect.deleteProperty(merged, key);
  return shown(merged, vm.digest);
}

/** A configuration as it is in force. */
export function configInForce(vm: Vm): Record<string, JsonValue> {
  return shown(vm.config, vm.digest);
}

/** A snapshot's configuration, as it was. */
export function configAtSnapshot(section: Readonly<Record<string, string>>): Record<string, JsonValue> {
  const entries = Object.entries(section).map(([key, value]) => [key, shownValue(key, value)] as const);
  return Object.fromEntries(entries);
}

/** Every key with what it is and what it will be. */
export function pendingRows(vm: Vm): PendingRow[] {
  const keys = new Set([...Object.keys(vm.config), ...Object.keys(vm.pending)]);
  const rows = [...keys].map((key): PendingRow => {
    const value = vm.config[key];
    const pending = vm.pending[key];
    const force = vm.pendingDelete.get(key);
    return {
      key,
      ...(value !== undefined && { value: shownValue(key, value) }),
      ...(pending !== undefined && { pending: shownValue(key, pending) }),
      ...(force !== undefined && { delete: force ? 2 : 1 }),
    };
  });
  return [...rows, { key: "digest", value: vm.digest }];
}

function shown(config: Record<string, string>, digest: string): Record<string, JsonValue> {
  return { ...configAtSnapshot(config), digest };
}

function shownValue(key: string, value: string): JsonValue {
  if (key === "cipassword") return "**********";
  return isNumericKey(key) ? Number(value) : value;
}

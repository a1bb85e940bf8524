import { createHash, randomBytes } from "node:crypto";
import type { VmRights } from "../access/vm-rights";
import { failure, parameterError } from "../schema/api-error";
import { isDriveKey } from "../schema/drive-schema";
import { splitList } from "../schema/formats";
import { VM_PARAMETERS } from "../schema/vm-parameters";
import type { World } from "../world/world";
import { assertMayUseBridges } from "./bridge-rights";
import { assertMayConfigure } from "./config-rights";
import { isOptical, parseDrive, printDrive } from "./drives";
import { keptNetworkDevice } from "./network-devices";
import { NEW_DISK } from "./new-drives";
import { assertSshKeys } from "./ssh-keys";
import { assertMayUseVolumes } from "./volume-rights";

/** A change of a VM's configuration, checked as far as that can be done without looking at the VM. */
export interface UpdateRequest {
  /** Keys to set, as they will be kept. */
  readonly set: Readonly<Record<string, string>>;
  readonly delete: readonly string[];
  readonly revert: readonly string[];
  /** Whether the volumes of deleted drives are freed instead of kept as unused disks. */
  readonly force: boolean;
  /** The digest that the configuration must still have. @default - any */
  readonly digest?: string;
  /** What the task log calls the change. */
  readonly summary: string;
}

/** Parameters of the call that are no keys of the configuration. */
const CONTROL = new Set([
  "node",
  "vmid",
  "delete",
  "revert",
  "force",
  "digest",
  "skiplock",
  "background_delay",
  "import-working-storage",
]);

/**
 * Reads the parameters of a configuration call, in the order in which the server finds fault with them.
 *
 * @param parameters as they passed the schema
 * @param rights of the caller on the VM
 * @throws ApiError 400, 403 or 500
 */
export function readUpdateRequest(
  world: World,
  node: string,
  parameters: Readonly<Record<string, string>>,
  rights: VmRights,
): UpdateRequest {
  const entries = Object.entries(parameters).filter(([key]) => !CONTROL.has(key));
  const set = Object.fromEntries(entries.map(([key, value]) => [key === "cdrom" ? "ide2" : key, value]));
  if (set.sshkeys !== undefined) assertSshKeys(set.sshkeys);
  const { delete: deleteList = "", revert: revertList = "" } = parameters;
  if (entries.length === 0 && deleteList === "" && revertList === "") throw failure("no options specified");
  const revert = readKeyList(revertList, "revert", set);
  const remove = readKeyList(deleteList, "delete", set).map((key) => (key === "cdrom" ? "ide2" : key));
  for (const [key, value] of Object.entries(set)) set[key] = kept(key, value);
  assertNoHookScript(set.hookscript);
  assertMayConfigure(rights, remove);
  assertMayConfigure(rights, Object.keys(set));
  assertMayUseVolumes(world, rights, node, set);
  assertMayUseBridges(rights.of, set);
  return {
    set,
    delete: remove,
    revert,
    force: parameters.force === "1",
    digest: parameters.digest,
    summary: summarise(parameters),
  };
}

function readKeyList(list: string, verb: "delete" | "revert", set: Record<string, string>): string[] {
  const keys = splitList(list);
  for (const key of keys) {
    if (set[key] !== undefined) {
      throw parameterError({ delete: `you can't use '-${key}' and -${verb} ${key}' at the same time` });
    }
    if (!Object.hasOwn(VM_PARAMETERS, key)) throw parameterError({ [verb]: `unknown option '${key}'` });
  }
  return keys;
}

/** The form in which a value is kept. */
export function kept(key: string, value: string): string {
  if (isDriveKey(key)) return keptDrive(key, value);
  if (/^net\d+$/.test(key)) return keptNetworkDevice(key, value);
  // Hosts with cgroup v2, which is all of them by now, know no larger weight.
  if (key === "cpuunits") return String(Math.min(Number(value), 10_000));
  if (key === "cipassword") return hashed(value);
  return value;
}

const ROOT_PATHS =
  "Only root can pass arbitrary filesystem paths. at /usr/share/perl5/PVE/Storage.pm line 651.";

function keptDrive(key: string, value: string): string {
  const drive = parseDrive(key, value);
  if (drive.file.startsWith("/")) throw failure(ROOT_PATHS);
  const { "import-from": source } = drive.options;
  if (source !== undefined && Number(NEW_DISK.exec(drive.file)?.[2]) !== 0) {
    const text = "'import-from' requires special syntax - use <storage ID>:0,import-from=<source>";
    throw parameterError({ [key]: text });
  }
  if (source?.startsWith("/") === true) throw failure(ROOT_PATHS);
  if (drive.file.includes(":iso/") && !isOptical(drive)) {
    throw parameterError({ [key]: "explicit 'media=cdrom' is required for iso images" });
  }
  const isTray = drive.file === "none" || drive.file === "cdrom";
  return printDrive(isTray ? { ...drive, options: { ...drive.options, media: "cdrom" } } : drive);
}

/** In the form and the alphabet of crypt(3), though not by its method. */
function hashed(password: string): string {
  if (/^\$(?:[56]|2[axy]|y)\$/.test(password)) return password;
  const salt = cryptText(randomBytes(6));
  return `$5$${salt}$${cryptText(createHash("sha256").update(salt).update(password).digest())}`;
}

function cryptText(bytes: Buffer): string {
  return bytes.toString("base64").replaceAll("+", ".").replaceAll("=", "");
}

/**
 * Refuses a hook script: none is there.
 *
 * @throws ApiError 400
 */
export function assertNoHookScript(value: string | undefined): void {
  if (value !== undefined) throw parameterError({ hookscript: `script '${value}' does not exist\n` });
}

function summarise(parameters: Readonly<Record<string, string>>): string {
  return Object.keys(parameters)
    .filter((key) => key !== "node" && key !== "vmid" && key !== "background_delay")
    .sort()
    .map((key) => `-${key} ${key === "cipassword" ? "<hidden>" : (parameters[key] ?? "")}`)
    .join(" ");
}

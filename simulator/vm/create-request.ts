import { denied, type Rights } from "../access/rights";
import { VmRights } from "../access/vm-rights";
import { failure } from "../schema/api-error";
import type { World } from "../world/world";
import { assertMayUseBridges } from "./bridge-rights";
import { assertMayConfigure, assertMayUseDevice } from "./config-rights";
import { assertSshKeys } from "./ssh-keys";
import { assertNoHookScript, kept } from "./update-request";
import { assertMayAllocate, assertMayUseVolumes } from "./volume-rights";

/** A VM to be made from nothing. */
export interface CreateRequest {
  readonly node: string;
  readonly vmid: number;
  /** The keys of its configuration, as they will be kept. */
  readonly set: Readonly<Record<string, string>>;
  /** The pool that it joins. @default - none */
  readonly pool?: string;
  /** Whether it is started when it is there. */
  readonly start: boolean;
}

/** Parameters of the call that are no keys of the configuration. */
const CONTROL = new Set([
  ...["node", "vmid", "archive", "bwlimit", "force", "ha-managed", "import-working-storage", "live-restore"],
  ...["pool", "start", "storage", "unique"],
]);

/**
 * Reads the parameters of a call that makes a VM, in the order in which the server finds fault with them.
 *
 * @param parameters as they passed the schema
 * @param rights of the caller
 * @throws ApiError 400, 403 or 500
 */
export function readCreateRequest(
  world: World,
  node: string,
  parameters: Readonly<Record<string, string>>,
  rights: Rights,
): CreateRequest {
  const { pool, archive, "ha-managed": highlyAvailable, "live-restore": live, start } = parameters;
  const entries = Object.entries(parameters).filter(([key]) => !CONTROL.has(key));
  const set = Object.fromEntries(
    entries.map(([key, value]) => (key === "cdrom" ? cdrom(value) : [key, value])),
  );
  if (set.sshkeys !== undefined) assertSshKeys(set.sshkeys);
  if (pool !== undefined && !world.pools.has(pool)) {
    throw denied(`pool '${pool}' does not exist`);
  }
  const vmRights = new VmRights(rights, Number(parameters.vmid), pool);
  assertMayCreate(vmRights, parameters);
  if (archive !== undefined) throw failure("backups are not simulated: make the VM without 'archive'");
  if (highlyAvailable === "1") {
    throw failure("high availability is not simulated: make the VM without 'ha-managed'");
  }
  assertMayUseVolumes(world, vmRights, node, set);
  assertMayConfigure(vmRights, Object.keys(set));
  for (const [key, value] of Object.entries(set)) assertMayUseDevice(vmRights, key, value, "set");
  assertMayUseBridges(rights, set);
  assertNoHookScript(set.hookscript);
  for (const [key, value] of Object.entries(set).sort()) set[key] = kept(key, value);
  return {
    node,
    vmid: Number(parameters.vmid),
    set,
    pool,
    // What is imported live is started by the import, and nothing is.
    start: start === "1" && live !== "1",
  };
}

function assertMayCreate(
  rights: VmRights,
  { storage, start, ...rest }: Readonly<Record<string, string>>,
): void {
  if (storage !== undefined) assertMayAllocate(rights, storage);
  if (rest["ha-managed"] === "1") rights.of.assert("/", "Sys.Console");
  if (start === "1") rights.assert("VM.PowerMgmt");
  if (!rights.isGranted("VM.Allocate")) throw denied();
}

function cdrom(value: string): [string, string] {
  return ["ide2", value.includes("media=") ? value : `${value},media=cdrom`];
}

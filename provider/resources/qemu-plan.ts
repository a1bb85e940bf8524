import { errorDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { Context, PlanRequest, PlanResult } from "../plugin/provider";
import { UNKNOWN, type ObjectValue, type Value } from "../plugin/value";
import type { Proxmox } from "../session/proxmox";
import { findsIpv6, isOnlyIpv6, staticAddress } from "./qemu-addresses";
import { dataDiskDiagnostics } from "./qemu-data-disk";
import { DISKS } from "./qemu-devices";
import { compareDisk, unknownDiskDiagnostic } from "./qemu-disk";
import { findHolder, resumedDiagnostic, sharedIdDiagnostic, takenDiagnostic } from "./qemu-holder";
import { cardlessDiagnostics } from "./qemu-network-checks";
import { compareFixed, findReplacements, FIXED, notedDiagnostics } from "./qemu-replacement";
import { requiredText } from "../plugin/object-values";
import { vmLabel } from "./vm-label";

/**
 * What only this resource knows of its plans: which ids are taken, that disks do not shrink, that moved VMs are not
 * replaced, what an address is going to be, that a reboot is due.
 */
export async function planQemu(request: PlanRequest, context?: Context<Proxmox>): Promise<PlanResult> {
  return request.prior === null
    ? await planCreate(request, context)
    : planUpdate({ ...request, prior: request.prior });
}

async function planCreate({ planned, config }: PlanRequest, context?: Context<Proxmox>): Promise<PlanResult> {
  const result = { planned: planAddress(null, planned) };
  if (config["clone"] === null) return { ...result, diagnostics: [missingClone(planned)] };
  const isKnown = ["vmid", "name", "clone", "node"].every((name) => isSettled(planned[name] ?? null));
  if (context === undefined || !isKnown) return result;
  return { ...result, diagnostics: await holderDiagnostics(planned, context) };
}

/** Proxmox that cannot be asked now may be there at apply, which asks again: a plan of new VMs does without it. */
async function holderDiagnostics(
  planned: ObjectValue,
  { client: { client, vmIds }, logger }: Context<Proxmox>,
): Promise<readonly Diagnostic[]> {
  const vmid = Number(planned["vmid"]);
  // Its holder is in the state: it is replaced, or destroyed in the same run.
  if (vmIds.isInState(vmid)) return [];
  const other = vmIds.notePlanned(vmid, requiredText(planned, "name"));
  if (other !== undefined) return [sharedIdDiagnostic(planned, other)];
  try {
    const holder = await findHolder(client, planned);
    if (holder.kind === "nobody") {
      vmIds.noteFree(vmid);
      return [];
    }
    return [holder.kind === "other" ? takenDiagnostic(planned, holder) : resumedDiagnostic(planned)];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    logger.info("whether a VM id is free is not known at plan", { vmid, error: message });
    return [];
  }
}

function planUpdate({ prior, planned, config }: PlanRequest & { readonly prior: ObjectValue }): PlanResult {
  const withAddress = planAddress(prior, planReboot(prior, planned));
  const verdicts = compareFixed(prior, planned);
  const replacements = findReplacements(prior, planned, verdicts);
  return {
    planned: withAddress,
    requiresReplace: FIXED.filter((attribute) => verdicts[attribute] === "replace"),
    diagnostics:
      replacements.length > 0
        ? // A VM that is made anew gets whatever devices are asked for.
          replacements
        : [...notedDiagnostics(prior, planned, verdicts), ...deviceDiagnostics(prior, planned, config)],
  };
}

function deviceDiagnostics(prior: ObjectValue, planned: ObjectValue, config: ObjectValue): Diagnostic[] {
  const boot = compareDisk(prior, planned);
  return [
    ...DISKS.filter((device) => planned[device] === UNKNOWN).map((device) =>
      unknownDiskDiagnostic(prior, device),
    ),
    ...(typeof boot === "object" ? [boot] : []),
    ...dataDiskDiagnostics(prior, planned),
    ...cardlessDiagnostics(config, (card) => (planned[card] ?? "") !== ""),
  ];
}

function isSettled(value: Value): boolean {
  return value !== null && value !== UNKNOWN;
}

/** A static address is known before the VM is; one that the guest finds itself only when it runs. */
function planAddress(prior: ObjectValue | null, planned: ObjectValue): ObjectValue {
  const ipconfig0: Value = planned["ipconfig0"] ?? null;
  if (prior !== null && prior["ipconfig0"] === ipconfig0) {
    return differs(prior, planned) ? planFinding(ipconfig0, planned) : planned;
  }
  const mayFindIpv6 = ipconfig0 === UNKNOWN || findsIpv6(ipconfig0);
  return {
    ...planned,
    ipv4_address: staticAddress(ipconfig0, "ipv4") ?? UNKNOWN,
    ipv6_address: staticAddress(ipconfig0, "ipv6") ?? (mayFindIpv6 ? UNKNOWN : null),
  };
}

/** An update that starts or reboots the VM finds out what was not known of it: it was made stopped, or not waited for. */
function planFinding(ipconfig0: Value, planned: ObjectValue): ObjectValue {
  if (planned["startup"] === false || planned["wait_for"] === "none") return planned;
  return {
    ...planned,
    ipv4_address: planned["ipv4_address"] ?? (isOnlyIpv6(ipconfig0) ? null : UNKNOWN),
    ipv6_address: planned["ipv6_address"] ?? (findsIpv6(ipconfig0) ? UNKNOWN : null),
  };
}

function differs(prior: ObjectValue, planned: ObjectValue): boolean {
  return Object.keys(planned).some(
    (name) =>
      JSON.stringify(planned[name]) !== JSON.stringify(prior[name] ?? null) || planned[name] === UNKNOWN,
  );
}

/** With `reboot_on_change` nothing goes on waiting; without it a change may have to. */
function planReboot(prior: ObjectValue, planned: ObjectValue): ObjectValue {
  const reboots = planned["reboot_on_change"] === true;
  if (reboots && prior["reboot_pending"] === true) return { ...planned, reboot_pending: false };
  return differs(prior, planned) ? { ...planned, reboot_pending: reboots ? false : UNKNOWN } : planned;
}

function missingClone(planned: ObjectValue): Diagnostic {
  return errorDiagnostic(
    `${vmLabel(planned)} has no template to be made from`,
    "clone is left out. Give the VM id of a template, such as clone = 400. (Only a VM that was imported needs none.)",
    ["clone"],
  );
}

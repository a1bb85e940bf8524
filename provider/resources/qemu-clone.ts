import { errorDiagnostic, type Diagnostic } from "../plugin/diagnostic";
import type { Context } from "../plugin/provider";
import type { ObjectValue } from "../plugin/value";
import type { Parameters } from "../proxmox/api-client";
import { ApiError, TaskError } from "../proxmox/api-error";
import { parseDiskRequest } from "../proxmox/disk";
import { isWorthRepeating, Patience } from "../proxmox/persistence";
import { waitForTask, type TaskWarnings } from "../proxmox/tasks";
import { cloneVm, type VmPlace } from "../proxmox/virtual-machine";
import type { Deadline } from "../proxmox/waiting";
import type { Proxmox } from "../session/proxmox";
import { findHolder, takenDiagnostic, type Holder } from "./qemu-holder";
import { describedAs, printMark, signatureOf } from "../session/mark";
import { templatePlace } from "./qemu-own-clone";
import { templateFaults } from "./qemu-template";
import { taskWarningDiagnostics } from "./task-warning";
import { optionalText, requiredText } from "../plugin/object-values";
import { vmLabel } from "./vm-label";

/** What came of a clone. */
export type CloneResult =
  | {
      readonly kind: "made";
      readonly place: VmPlace;
      /** It was there already. */
      readonly isResumed: boolean;
      readonly warnings: readonly Diagnostic[];
    }
  /** Nothing was made. */
  | { readonly kind: "refused"; readonly diagnostics: readonly Diagnostic[] }
  /** It failed; `isLeft`: the VM may be there. */
  | { readonly kind: "failed"; readonly error: unknown; readonly isLeft: boolean };

/**
 * Clones the template, or takes up the clone that an earlier run or a lost call has left.
 *
 * A clone is never begun while the id is held, and never begun again before what became of the last one is known: the
 * id itself tells, since two clones to one id cannot both come about.
 */
export async function cloneTemplate(
  planned: ObjectValue,
  deadline: Deadline,
  context: Context<Proxmox>,
): Promise<CloneResult> {
  const {
    client: { client, vmIds },
    logger,
  } = context;
  const { vmid } = plannedPlace(planned);
  const patience = new Patience(`the clone of ${vmLabel(planned)}`, deadline, logger, isWorthAnotherLook);
  let warnings: readonly Diagnostic[] = [];
  const warn = (task: TaskWarnings): void => {
    warnings = taskWarningDiagnostics(`${vmLabel(planned)} was cloned`, task);
  };
  for (;;) {
    let upid: string | undefined;
    try {
      const holder: Holder = vmIds.takeFree(vmid) ? { kind: "nobody" } : await findHolder(client, planned);
      patience.answered();
      if (holder.kind === "other")
        return { kind: "refused", diagnostics: [takenDiagnostic(planned, holder)] };
      if (holder.kind === "own") return { kind: "made", place: holder.place, isResumed: true, warnings };
      if (holder.kind === "own clone") {
        ({ upid } = holder);
        await waitForTask(client, upid, deadline, logger).then(warn, ignoreTaskError);
        continue;
      }
      const begun = await beginClone(planned, context);
      if (typeof begun !== "string") return { kind: "refused", diagnostics: begun };
      upid = begun;
      warn(await waitForTask(client, upid, deadline, logger));
      return { kind: "made", place: plannedPlace(planned), isResumed: false, warnings };
    } catch (error) {
      try {
        await patience.after(error);
      } catch (verdict) {
        return { kind: "failed", error: verdict, isLeft: await isLeft(planned, upid, context) };
      }
    }
  }
}

/** What became of an earlier clone shows in who holds the id then. */
function ignoreTaskError(error: unknown): void {
  if (!(error instanceof TaskError)) throw error;
}

/** Where a planned VM is going to be. */
export function plannedPlace(planned: ObjectValue): VmPlace {
  return { node: requiredText(planned, "node"), vmid: Number(requiredText(planned, "vmid")) };
}

/** An id that is found taken is worth a look at who has it: it may be a clone of our own whose answer was lost. */
function isWorthAnotherLook(error: unknown): boolean {
  return isWorthRepeating(error) || saysTaken(error);
}

function saysTaken(error: unknown): boolean {
  const text = error instanceof TaskError ? error.exitStatus : error instanceof ApiError ? error.said : "";
  return /config file already exists|: File exists|VM \d+ already exists/.test(text);
}

/**
 * Whether a clone that failed has left its VM, or goes on making it. The id itself tells: a VM that somebody else made
 * under it meanwhile is none of this resource's business.
 */
async function isLeft(
  planned: ObjectValue,
  upid: string | undefined,
  { client: { client } }: Context<Proxmox>,
): Promise<boolean> {
  try {
    const { kind } = await findHolder(client, planned);
    return kind === "own" || kind === "own clone";
  } catch {
    return upid !== undefined;
  }
}

/**
 * Begins a full clone of the template, after having looked for what would make it fail or go wrong.
 *
 * @returns the task's UPID, or what stands in the way
 * @throws ApiError, ConnectionError
 */
async function beginClone(
  planned: ObjectValue,
  { client: proxmox }: Context<Proxmox>,
): Promise<string | readonly Diagnostic[]> {
  const { client } = proxmox;
  const template = templatePlace(planned, await proxmox.listVms());
  const templateConfig = await proxmox.templateConfig(template);
  if (templateConfig === undefined) return [noTemplateDiagnostic(planned, template)];
  const unfit = templateFaults(planned, templateConfig);
  if (unfit.length > 0) return unfit;
  const text = optionalText(planned, "description") ?? describedAs(templateConfig).text;
  const description = printMark({ text, signature: signatureOf(client, planned) });
  return await cloneVm(client, template, { ...cloneParameters(planned, template), description });
}

function cloneParameters(planned: ObjectValue, template: VmPlace): Parameters & { newid: number } {
  const scsi0 = optionalText(planned, "scsi0");
  const { node, vmid } = plannedPlace(planned);
  return {
    newid: vmid,
    name: requiredText(planned, "name"),
    full: true,
    storage: scsi0 === undefined ? undefined : parseDiskRequest(scsi0).storage,
    pool: optionalText(planned, "pool"),
    target: template.node === node ? undefined : node,
  };
}

function noTemplateDiagnostic(planned: ObjectValue, template: VmPlace): Diagnostic {
  return errorDiagnostic(
    `Unable to create ${vmLabel(planned)}: there is no template ${template.vmid}`,
    `Proxmox has no VM ${template.vmid} on node ${template.node}, and this API token sees it on no other node. ` +
      "Check clone; the token needs VM.Audit and VM.Clone on the template.",
    ["clone"],
  );
}

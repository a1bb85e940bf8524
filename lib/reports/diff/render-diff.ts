import { stringify } from "yaml";
import { methodText } from "../address-text";
import { PLAIN, type Style } from "../table/style";
import { YAML_OPTIONS } from "../yaml-options";
import type { ResourceDiff, TopologyDiff } from "./compare";
import type { Change } from "./compare-vm";

/** What two topologies are called in a report. */
export interface DiffNames {
  /** What there is: the name of a topology or state file. */
  readonly prior: string;
  /** What there is to be: the name of a topology file. */
  readonly planned: string;
  /** Whether what there is was read from Terraform's state. */
  readonly isState: boolean;
}

const EFFECTS: Readonly<Record<Change["effect"], string>> = {
  replace: "replaces the VM",
  refused: "cannot be",
  restart: "at its next start",
  live: "at once",
  state: "in state alone",
  anew: "with the new VM",
  stays: "stays",
};

/** What would happen, for a person in a terminal. */
export function renderDiff(diff: TopologyDiff, names: DiffNames, style: Style = PLAIN): string {
  const shown = diff.resources.filter(({ action }) => action !== "keep");
  return [
    style.heading(`What there is in ${names.prior}, and what ${names.planned} would make of it`),
    "",
    ...shown.flatMap((resource) => resourceLines(resource, style)),
    ...(shown.length > 0 ? [""] : []),
    ...leftOutLines(diff, names),
    totalLine(diff),
    ...noteLines(diff, names),
    "",
  ].join("\n");
}

function resourceLines(resource: ResourceDiff, style: Style): string[] {
  const { address, action, vmId, node, reason, changes } = resource;
  const place = vmId === undefined || node === undefined ? "" : `VM ${vmId} on ${node}`;
  const because = reason === undefined ? [] : [`      ${reason}`];
  const own = changes.filter(({ effect }) => effect !== "stays").map(changeLine);
  const isVm = vmId !== undefined;
  switch (action) {
    case "add":
      return [`  + ${address} is made${isVm ? `: ${place}` : ""}`, ...because];
    case "change":
      return [`  ~ ${address} is changed in place (${place})`, ...own];
    case "replace": {
      const loss = isVm
        ? style.warning(`is destroyed with all that is on its disks, and made anew (${place})`)
        : "is made anew";
      return [`-/+ ${address} ${loss}`, ...because, ...own];
    }
    case "destroy": {
      const loss = isVm
        ? style.warning(`is destroyed with all that is on its disks (${place})`)
        : "is destroyed";
      return [`  - ${address} ${loss}`, ...because];
    }
    case "refused":
      return [
        `  ! ${address} ${style.warning(`cannot be changed so, and the plan fails (${place})`)}`,
        ...own,
      ];
    case "keep":
      return [];
  }
}

function changeLine({ setting, from, to, effect, advice }: Change): string {
  const shown = (value: Change["from"] = "none"): string =>
    methodText(setting.split(".").at(-1) ?? "", String(value));
  const values = `${setting}: ${shown(from)} -> ${shown(to)}`;
  return `      ${values}, ${EFFECTS[effect]}${advice === undefined ? "" : `; ${advice}`}`;
}

/** What VMs keep though the new topology does not say it: how many keep what. */
function leftOutLines({ resources }: TopologyDiff, { planned }: DiffNames): string[] {
  const counts = new Map<string, number>();
  for (const { changes } of resources) {
    const settings = changes.filter(({ effect }) => effect === "stays").map(({ setting }) => setting);
    for (const setting of new Set(settings.map((each) => each.split(".")[0] ?? each)))
      counts.set(setting, (counts.get(setting) ?? 0) + 1);
  }
  if (counts.size === 0) return [];
  const kept = [...counts].map(([setting, count]) => `${setting} (${count} VM${count === 1 ? "" : "s"})`);
  return [`What ${planned} does not say stays as the VMs have it: ${kept.join(", ")}`];
}

function totalLine({ totals: { add, change, destroy }, isRefused }: TopologyDiff): string {
  if (isRefused) return "Terraform would plan nothing of this: what is marked with ! is refused.";
  if (add + change + destroy === 0) return "No changes to VMs and ready gates. Outputs are not compared.";
  return `Terraform would plan: ${add} to add, ${change} to change, ${destroy} to destroy.`;
}

function noteLines({ others }: TopologyDiff, { isState }: DiffNames): string[] {
  if (!isState) return [];
  const asked =
    "Proxmox was not asked: what was changed, migrated or removed there since the last apply is seen by terraform plan.";
  return others === 0 ? [asked] : [asked, `${others} resources of other types in the state are left out.`];
}

/** {@link TopologyDiff} with names, as data. Resources that stay as they are are left out. */
function diffDocument(diff: TopologyDiff, names: DiffNames): object {
  const resources = diff.resources.filter(({ action, changes }) => action !== "keep" || changes.length > 0);
  return { schemaVersion: 1, ...names, ...diff, resources };
}

/** The difference as JSON. */
export function renderDiffJson(diff: TopologyDiff, names: DiffNames): string {
  return `${JSON.stringify(diffDocument(diff, names), null, 2)}\n`;
}

/** The difference as YAML. */
export function renderDiffYaml(diff: TopologyDiff, names: DiffNames): string {
  return stringify(diffDocument(diff, names), YAML_OPTIONS);
}

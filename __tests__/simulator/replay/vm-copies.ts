import type { SimulatorOptions, VmOptions } from "../../../simulator";

/** What a VM was like when a recording began, where it does not tell. */
export interface StartingState {
  /** Keys that differ from those of the template; undefined for one that was gone. */
  readonly config?: Readonly<Record<string, string | undefined>>;
  readonly running?: boolean;
  readonly system?: VmOptions["system"];
}

/** The world of a recording with more VMs, copies of its first template without a system on their disks. */
export function withVms(
  world: SimulatorOptions,
  states: Readonly<Record<number, StartingState>>,
): SimulatorOptions {
  const vms = world.vms ?? [];
  const template = vms.find(({ config }) => config.template === "1");
  const added = Object.entries(states).flatMap(([vmid, state]) => {
    const copy = template && copyOf(template, Number(vmid));
    return copy === undefined ? [] : [{ ...copy, ...state, config: changed(copy.config, state) }];
  });
  return {
    ...world,
    profile: { ...world.profile, statisticsSeconds: 0 },
    vms: [...vms, ...added].map((vm) => ({ system: "none", ...vm })),
  };
}

/** A full clone of a template, as the clone call makes it. */
export function copyOf({ vmid: source, config }: VmOptions, vmid: number): VmOptions {
  const entries = Object.entries(config).filter(([key]) => key !== "template");
  const copied = entries.map(([key, value]) => [key, copiedValue(value, source, vmid)]);
  return { vmid, config: Object.fromEntries(copied) as Record<string, string> };
}

function copiedValue(value: string, source: number, vmid: number): string {
  return value
    .replaceAll(new RegExp(`(?<=[:/])${source}(?=/)`, "g"), String(vmid))
    .replaceAll(new RegExp(`\\b(?:base|vm)-${source}-`, "g"), `vm-${vmid}-`)
    .replace(/cloudinit.*/, "$&,size=4M");
}

/** A configuration with what differed. */
export function changed(config: VmOptions["config"], state: StartingState | undefined): VmOptions["config"] {
  const entries = Object.entries({ ...config, ...state?.config });
  return Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

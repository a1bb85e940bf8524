import type { FaultRule } from "../../simulator";
import type { PhaseName, VmIds } from "./phase";
import { randomFault, randomMoment } from "./random-fault";
import { Random } from "./random";

/** The VMs of the reference. */
export const VM_IDS: VmIds = [401, 402, 403, 404, 405, 406];

/** Who is killed: Terraform alone, its provider alone, or both at once, as when a whole container is. */
export type Victim = "terraform" | "provider" | "both";

/** One run of Terraform, and what befalls it. */
export interface TroubledRun {
  /** In the order in which they are added. */
  readonly faults: readonly FaultRule[];
  /** `kill -9`, when the rule strikes. @default - nobody is killed */
  readonly kill?: { readonly victim: Victim; readonly rule: FaultRule };
  /** Whether the next run waits until Proxmox has ended what this one began. */
  readonly waitsForTasks: boolean;
  /** Whether somebody looks with `terraform plan` before the next run: it reads everything and writes no state. */
  readonly isPlanned: boolean;
}

/** New settings of VMs; what is left out stays. */
export interface Change {
  /** Whose settings they are. */
  readonly vmids: VmIds;
  /** @default - they stay */
  readonly cores?: number;
  /** @default - it stays */
  readonly memoryMiB?: number;
  /** Of the boot disk, larger than it was. @default - it stays */
  readonly diskGiB?: number;
  /** Of the first data disk, which grows, and of a second, which is made. @default - they stay */
  readonly dataDisksGiB?: number;
  /** An IPv4 address. @default - it stays */
  readonly nameserver?: string;
  /** Whether a change that needs a reboot makes one. @default - as it is */
  readonly rebootOnChange?: boolean;
}

/** A phase: troubled runs, and after them runs without any trouble, which must put everything right. */
export interface PhasePlan {
  readonly name: PhaseName;
  /** @default - nothing is changed */
  readonly change?: Change;
  /** One or two. */
  readonly runs: readonly TroubledRun[];
}

/** The id of the rule that stands for the moment of a kill. */
export const KILL_ID = "kill";

/** What is to happen in the trial of a seed. The same seed gives the same plan. */
export function planTrial(seed: number): PhasePlan[] {
  const random = new Random(seed);
  const change = randomChange(random);
  const isRebooted = random.chance(0.5);
  return [
    {
      name: "apply",
      ...(isRebooted && { change: { vmids: VM_IDS, rebootOnChange: true } }),
      runs: troubledRuns(random, "apply", VM_IDS),
    },
    { name: "update", change, runs: troubledRuns(random, "update", change.vmids) },
    { name: "destroy", runs: troubledRuns(random, "destroy", VM_IDS) },
  ];
}

function troubledRuns(random: Random, phase: PhaseName, vmids: VmIds): TroubledRun[] {
  const count = random.chance(0.25) ? 2 : 1;
  return Array.from({ length: count }, () => {
    const faults = Array.from({ length: random.integer(0, 3) }, (_, index) => ({
      id: `${phase}-${index + 1}`,
      ...randomFault(random, phase, vmids),
    }));
    const isKilled = faults.length === 0 || random.chance(0.6);
    return {
      faults,
      waitsForTasks: random.chance(0.5),
      ...(isKilled && { kill: randomKill(random, phase, vmids) }),
      isPlanned: random.chance(0.3),
    };
  });
}

function randomKill(random: Random, phase: PhaseName, vmids: VmIds): TroubledRun["kill"] {
  const victim = random.pick<Victim>(["terraform", "provider", "both"]);
  return { victim, rule: { id: KILL_ID, ...randomMoment(random, phase, vmids) } };
}

function randomChange(random: Random): Change {
  const change = {
    vmids: random.chance(0.5) ? VM_IDS : ([random.pick(VM_IDS)] as const),
    ...(random.chance(0.5) && { cores: random.integer(1, 8) }),
    ...(random.chance(0.4) && { memoryMiB: 1024 * random.integer(2, 16) }),
    ...(random.chance(0.5) && { diskGiB: random.integer(21, 30) }),
    ...(random.chance(0.5) && { dataDisksGiB: random.integer(6, 9) }),
    ...(random.chance(0.3) && { nameserver: "192.168.1.3" }),
  };
  return Object.keys(change).length > 1 ? change : { ...change, cores: 5 };
}

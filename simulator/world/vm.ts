import { createHash } from "node:crypto";
import { isCloudInitKey } from "../schema/vm-parameters";

/** A command that was run in a guest, and has ended. */
export interface GuestProcess {
  readonly exitCode: number;
  readonly output: string;
  readonly errors: string;
}

/** What a running guest is, fixed when it was started. */
export interface GuestState {
  /** Simulated seconds at which QEMU was started. */
  readonly startedSeconds: number;
  readonly pid: number;
  /** Whether its boot disk holds a system; without one nothing ever answers. */
  readonly bootsSystem: boolean;
  /** Simulated seconds at which the guest agent answers; absent if it never will. */
  readonly agentSeconds?: number;
  /** What cloud-init configured, by interface: `eth0` with `10.0.0.5/24` and `fd00::5/64`. */
  readonly addresses: Readonly<Record<string, readonly string[]>>;
  readonly hostname: string;
  readonly paused: boolean;
  /** The commands that its agent was told to run, by process id. */
  readonly processes: { started: number; readonly finished: Map<number, GuestProcess> };
}

/** A virtual machine: its configuration as the file in /etc/pve holds it, and its QEMU process. */
export class Vm {
  /** What is in force. Texts, as the file holds them. */
  config: Record<string, string>;
  /** Changes that wait for the VM to stop. */
  pending: Record<string, string> = {};
  /** Keys that are to go when the VM stops, with whether their volumes go too. */
  readonly pendingDelete = new Map<string, boolean>();
  /** Its snapshots by name: what was in force, as the sections of the file hold it. */
  readonly snapshots = new Map<string, Record<string, string>>();
  /** The process; absent while the VM is stopped. */
  guest: GuestState | undefined;

  /** The keys of cloud-init as its current image holds them. */
  cloudInitImage: Readonly<Record<string, string>>;

  constructor(
    readonly vmid: number,
    public node: string,
    config: Record<string, string>,
  ) {
    this.config = config;
    this.cloudInitImage = cloudInitKeys(config);
  }

  /** Writes the cloud-init image anew. */
  writeCloudInitImage(): void {
    this.cloudInitImage = cloudInitKeys(this.config);
  }

  get isTemplate(): boolean {
    return this.config.template === "1";
  }

  /** What holds the configuration, or undefined. */
  get lock(): string | undefined {
    return this.config.lock;
  }

  /** SHA-1 of the configuration file. */
  get digest(): string {
    const deletions = [...this.pendingDelete].map(([key, force]) => (force ? `!${key}` : key)).sort();
    const pending = {
      ...this.pending,
      ...(deletions.length > 0 && { delete: deletions.join(",") }),
    };
    const section = Object.keys(pending).length > 0 ? `\n[PENDING]\n${printSection(pending)}` : "";
    const snapshots = [...this.snapshots].map(([name, entries]) => `\n[${name}]\n${printSection(entries)}`);
    return createHash("sha1")
      .update([printSection(this.config), section, ...snapshots].join(""))
      .digest("hex");
  }
}

function cloudInitKeys(config: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(config).filter(([key]) => isCloudInitKey(key)));
}

/** A section as the file holds it: the description as comment lines, then the keys in the order of the alphabet. */
function printSection({ description, ...entries }: Record<string, string>): string {
  const comment = description?.split("\n").map((line) => `#${line}\n`) ?? [];
  const lines = Object.keys(entries)
    .sort()
    .map((key) => `${key}: ${entries[key] ?? ""}\n`);
  return [...comment, ...lines].join("");
}

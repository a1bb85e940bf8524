/** A difference that is no fault of the simulator. */
export interface Allowance {
  readonly name: string;
  /** Why it may be. */
  readonly reason: string;
  /** Whether it explains the difference at a path (`body.data.pid`); `within` is the recorded object that it is in. */
  readonly covers: (path: string, recorded: unknown, simulated: unknown, within: unknown) => boolean;
}

/** Recorded where the genuine sources lay, which is not where they are installed. */
const installed = (text: string): string => text.replace(/\/srv\/src\/[a-z-]+\/src\//g, "/usr/share/perl5/");

const areNumbers = (recorded: unknown, simulated: unknown): boolean =>
  typeof recorded === "number" && typeof simulated === "number";

/** Whether the recorded host could not look into an image of a running VM. */
const tellsOfHostFault = (recorded: unknown): boolean =>
  /\/usr\/bin\/qemu-img info|shared \\"write\\" lock/.test(JSON.stringify([recorded]));

/** Every difference that is allowed. */
export const ALLOWANCES: readonly Allowance[] = [
  {
    name: "times",
    reason: "moments and process ids are those of the run",
    covers: (path, recorded, simulated) =>
      /\.(?:pid|pstart|starttime|endtime|uptime|serverTime)$/.test(path) && areNumbers(recorded, simulated),
  },
  {
    name: "figures of the host",
    reason: "space, load and memory are those of the machine that was recorded",
    covers: (path, recorded, simulated) =>
      /\.data\b.*\.(?:used|avail|total|used_fraction|maxdisk|disk|cpu|mem|memhost|maxmem|netin)$/.test(
        path,
      ) && areNumbers(recorded, simulated),
  },
  {
    name: "make of the host",
    reason: "processor, kernel and firmware are those of the machine that was recorded",
    covers: (path, recorded, simulated) =>
      /\.data\.(?:cpuinfo|loadavg|kversion|current-kernel|boot-info|memory|rootfs|idle|wait)\b/.test(path) &&
      (path.endsWith(".secureboot") || typeof recorded === typeof simulated),
  },
  {
    name: "paths of sources",
    reason: "the recorded server ran from a folder of sources instead of from where packages put them",
    covers: (_path, recorded, simulated) =>
      typeof recorded === "string" && recorded.includes("/srv/src/") && installed(recorded) === simulated,
  },
  {
    name: "name resolution",
    reason: "the recorded host could ask no name server",
    covers: (_path, recorded, simulated) =>
      typeof recorded === "string" &&
      recorded.replace("Temporary failure in name resolution", "Name or service not known") === simulated,
  },
  {
    name: "number or text",
    reason:
      "the genuine server shows this flag as either, depending on whether it has read its list of tasks again",
    covers: (path, recorded, simulated) => path.endsWith(".saved") && String(recorded) === String(simulated),
  },
  {
    name: "log of a fault of the host",
    reason:
      "where the recorded host could not look into an image, the simulator is told the task's end, not its log",
    covers: (path, recorded, simulated, within) =>
      path === ".body.total"
        ? recorded === 2 && simulated === 1 && tellsOfHostFault(within)
        : tellsOfHostFault(recorded),
  },
  {
    name: "words of the guest",
    reason: "what an agent says of its guest was made up on both sides; the recorded one said less",
    covers: (path, recorded, simulated) =>
      /^\.body\.data\.result\b./.test(path) &&
      (recorded === undefined || typeof recorded === typeof simulated),
  },
  {
    name: "end of the scripted agent",
    reason: "the recorded agent had ended, the simulated one is still to come up",
    covers: (_path, recorded) =>
      typeof recorded === "string" &&
      recorded.endsWith("unable to connect to VM 460 qga socket - Connection refused"),
  },
  {
    name: "address of the host",
    reason: "hosts have addresses of their own",
    covers: (path, recorded, simulated) =>
      /\.(?:ip|address|cidr)$/.test(path) && typeof recorded === "string" && typeof simulated === "string",
  },
  {
    name: "name of QEMU",
    reason: "the recorded host had no KVM, and started QEMU by another name",
    covers: (_path, recorded, simulated) =>
      typeof recorded === "string" && recorded.replace(/^qemu-system-x86_64:/, "kvm:") === simulated,
  },
  {
    name: "resolver of the host",
    reason: "a guest without resolvers of its own gets those of the host",
    covers: (_path, recorded, simulated) =>
      typeof recorded === "string" && recorded.replace("'10.255.255.53'", "'192.0.2.53'") === simulated,
  },
  {
    name: "web interface",
    reason: "neither has one; the recorded server missed its template, the simulator the page",
    covers: (_path, recorded) =>
      typeof recorded === "string" &&
      recorded.startsWith("file error - /usr/share/pve-manager/index.html.tpl"),
  },
];

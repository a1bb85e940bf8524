import type { FaultRule, SimulatorOptions, VmOptions } from "../../../simulator";
import type { Exchange, Transcript } from "./recordings";

/** What a VM was like when a recording began, where its exchanges do not tell. */
interface StartingState {
  readonly config?: Readonly<Record<string, string>>;
  readonly running?: boolean;
  readonly system?: VmOptions["system"];
}

const VICTIM: StartingState = { config: { name: "victim" } };

/** Pools that were made between the recordings. */
const LATER_POOLS: Readonly<Record<string, string>> = { "cluster-resources-with-pvestatd": "pool:zz:::\n" };

/** By transcript and VM id; a VM that is named here and not in the world is a copy of the template. */
const KNOWN_STATES: Readonly<Record<string, Readonly<Record<number, StartingState>>>> = {
  "cluster-resources-with-pvestatd": {
    410: VICTIM,
    441: { config: { name: "Copy-of-VM-debian-13-template" } },
  },
  "destroy-in-progress": { 410: VICTIM },
  "errors-http": { 410: VICTIM },
  "guest-agent": {
    460: {
      config: { name: "b", scsi0: "local-vm-zfs:460/vm-460-disk-0.qcow2,discard=on,size=20G" },
      running: true,
      system: "agent",
    },
  },
  "linked-clones": { 400: { config: { description: "touch" } }, 460: { running: true } },
  "protection-and-disks": {
    460: {
      config: {
        name: "b",
        cores: "1",
        memory: "512",
        scsi0: "local-vm-zfs:460/vm-460-disk-0.qcow2,discard=on,size=20G",
      },
    },
  },
};

/** The recorded host could not look into the image of a running VM, and its scripted agent failed to shut one down. */
const HOST_FAULT = /Failed to get shared "write" lock|^VM quit\/powerdown failed$/;

/** The world of a recording as it was when a transcript began. */
export function withStartingState(world: SimulatorOptions, transcript: Transcript): SimulatorOptions {
  const states = KNOWN_STATES[transcript.name] ?? {};
  const vms = new Map(world.vms?.map((vm) => [vm.vmid, vm]));
  const template = [...vms.values()].find(({ config }) => config.template === "1");
  for (const vmid of presupposed(transcript)) {
    if (template !== undefined && !vms.has(vmid)) vms.set(vmid, copyOf(template, vmid));
  }
  const present = [...vms.values()].filter((vm) => isPresent(transcript, vm));
  const used = new Set(present.map(({ config }) => storageOf(config)));
  return {
    ...world,
    // A storage of which a transcript says nothing was set up after it.
    storages: world.storages?.filter(({ id }) => used.has(id) || isMentioned(transcript, id)),
    access: {
      ...world.access,
      userConfig: (world.access?.userConfig ?? "") + (LATER_POOLS[transcript.name] ?? ""),
    },
    faults: hostFaults(transcript),
    // An agent answers the second call: the first one waits 3 s for it, in vain.
    profile: { bootSeconds: 4, ...world.profile, statisticsSeconds: hasStatistics(transcript) ? 10 : 0 },
    vms: present.map((vm): VmOptions => ({
      ...vm,
      // The recorded VMs had disks without a system.
      system: "none",
      ...states[vm.vmid],
      config: {
        ...vm.config,
        ...firstConfig(transcript.exchanges, vm),
        ...states[vm.vmid]?.config,
      },
    })),
  };
}

function isMentioned({ exchanges }: Transcript, storageId: string): boolean {
  const mark = new RegExp(`[^\\w-]${storageId}[^\\w-]`);
  return exchanges.some(({ request, response }) =>
    [request?.path, request?.body, response?.body_text].some((text) => mark.test(`"${text ?? ""}"`)),
  );
}

/** VMs that a transcript is about, or whose disks lie where it says something of. */
function isPresent(transcript: Transcript, { vmid, config }: VmOptions): boolean {
  const storageId = storageOf(config);
  return storageId === "" || isMentioned(transcript, storageId) || presupposed(transcript).includes(vmid);
}

function storageOf({ scsi0 = "" }: VmOptions["config"]): string {
  return scsi0.split(":")[0] ?? "";
}

/** Tasks that failed for a reason of the recording host's own. */
function hostFaults({ exchanges }: Transcript): FaultRule[] {
  const counts = new Map<string, number>();
  return exchanges.flatMap(({ request, response }) => {
    const task = /\/tasks\/UPID(?:%3A|:)[^/]+\/status/.test(request?.path ?? "") ? response?.body : undefined;
    const { type = "", exitstatus = "" } =
      (task as { data?: { type?: string; exitstatus?: string } } | undefined)?.data ?? {};
    const nth = (counts.get(type) ?? 0) + 1;
    counts.set(type, nth);
    if (!HOST_FAULT.test(exitstatus)) return [];
    return [{ task: { type }, nth, action: { kind: "fail", exitStatus: exitstatus } }];
  });
}

/** Whether the hosts told the cluster of their VMs while the recording ran. */
function hasStatistics({ exchanges }: Transcript): boolean {
  return exchanges.some(({ response }) => response?.body_text.includes('"diskwrite":') === true);
}

/** VMs that a transcript changes or reads with success and did not make. */
function presupposed({ name, exchanges }: Transcript): number[] {
  const made = new Set<string>();
  const found = new Set<string>();
  for (const { request, response } of exchanges) {
    if (request === undefined || response?.status !== 200) continue;
    const vmid = /^\/api2\/json\/nodes\/[^/]+\/qemu\/(\d+)/.exec(request.path)?.[1];
    if (vmid !== undefined && !made.has(vmid)) found.add(vmid);
    const newid = /(?:^|&)newid=(\d+)/.exec(request.body ?? "")?.[1];
    if (newid !== undefined) made.add(newid);
  }
  return [...found, ...Object.keys(KNOWN_STATES[name] ?? {})].map(Number);
}

/** The configuration of a VM as it was first read, if that was before its first change. */
function firstConfig(exchanges: readonly Exchange[], { vmid }: VmOptions): Record<string, string> {
  const path = `/api2/json/nodes/pve1/qemu/${vmid}`;
  for (const { request, response } of exchanges) {
    if (request?.path.startsWith(path) !== true || response?.status !== 200) continue;
    if (request.method !== "GET") return {};
    if (request.path !== `${path}/config`) continue;
    const { data } = response.body as { data: Record<string, unknown> };
    const entries = Object.entries(data).filter(([key]) => key !== "digest");
    return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
  }
  return {};
}

/** A full clone of a template, as the clone call makes it. */
function copyOf({ vmid: source, config }: VmOptions, vmid: number): VmOptions {
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

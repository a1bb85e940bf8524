import type { SimulatorOptions, VmOptions } from "../../../simulator";
import { hostFaults } from "./host-faults";
import { withoutLaterStorages } from "./later-storages";
import type { Exchange, Transcript } from "./recordings";
import { changed, copyOf, type StartingState } from "./vm-copies";

const VICTIM: StartingState = { config: { name: "victim" } };

/** Lines of `user.cfg` that were there when a transcript was recorded, and are not in the world's files. */
const EARLIER_RIGHTS: Readonly<Record<string, string>> = {
  "cluster-resources-with-pvestatd": "pool:zz:::",
  "permission-matrix": "acl:1:/vms/401:vmonly@pve:TFProvision:",
};

/** By transcript and VM id; a VM that is named here and not in the world is a copy of the template. */
const KNOWN_STATES: Readonly<Record<string, Readonly<Record<number, StartingState>>>> = {
  "cluster-resources-with-pvestatd": {
    410: VICTIM,
    441: { config: { name: "Copy-of-VM-debian-13-template" } },
  },
  "destroy-in-progress": { 410: VICTIM },
  "errors-http": { 410: VICTIM },
  "permission-matrix": {
    410: VICTIM,
    441: { config: { name: "Copy-of-VM-debian-13-template" } },
  },
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

/** The world of a recording as it was when a transcript began. */
export function withStartingState(recordedWorld: SimulatorOptions, transcript: Transcript): SimulatorOptions {
  const { exchanges, name } = transcript;
  const states = KNOWN_STATES[name] ?? {};
  const vmids = presupposed(transcript);
  const vms = new Map(recordedWorld.vms?.map((vm) => [vm.vmid, vm]));
  const template = recordedWorld.vms?.find(({ config }) => config.template === "1");
  for (const vmid of vmids) {
    if (template !== undefined && !vms.has(vmid)) vms.set(vmid, copyOf(template, vmid));
  }
  const all = { ...recordedWorld, vms: [...vms.values()] };
  const world = withoutLaterStorages(all, JSON.stringify(exchanges), vmids);
  return {
    ...world,
    access: {
      ...world.access,
      userConfig: `${world.access?.userConfig ?? ""}\n${EARLIER_RIGHTS[name] ?? ""}`,
    },
    faults: hostFaults(transcript),
    // An agent answers the second call: the first one waits 3 s for it, in vain.
    profile: { bootSeconds: 4, ...world.profile, statisticsSeconds: hasStatistics(transcript) ? 10 : 0 },
    vms: (world.vms ?? []).map((vm): VmOptions => ({
      ...vm,
      // The recorded VMs had disks without a system.
      system: "none",
      ...states[vm.vmid],
      config: changed({ ...vm.config, ...firstConfig(exchanges, vm) }, states[vm.vmid]),
    })),
  };
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

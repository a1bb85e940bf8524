import type { Caller } from "../access/caller";
import { failure } from "../schema/api-error";
import { isDriveKey } from "../schema/drive-schema";
import type { HostNetwork } from "../world/host-networks";
import type { TaskHandle } from "../world/tasks";
import type { Vm } from "../world/vm";
import { assertUnlocked, workOnVm, type World } from "../world/world";
import { applyPending } from "./apply-pending";
import { driveVolume, isCloudInitDrive, parseDrive } from "./drives";
import { bootGuest, hasGatewayWithDhcp } from "./guest";
import { parseNetworkDevice } from "./network-devices";
import { vcpuCount } from "./processors";
import { randomPid } from "../world/random-ids";

/** Where the server says that it warns of a network configuration. */
const NETWORK_SOURCE = "/usr/share/perl5/PVE/QemuServer/Network.pm";

/** Connects a network device of a VM that starts. */
const SCRIPT = "/usr/libexec/qemu-server/pve-bridge";

/** Who starts VMs without being asked by a call. */
const HOST: Caller = { user: "root@pam" };

/** Starts a VM as its host does by itself, in a task like any other. */
export function startByHost(world: World, { node, vmid }: Vm): void {
  const task = { node, type: "qmstart", id: String(vmid), caller: HOST };
  world.tasks.start(task, (handle) => startVm(world, node, vmid, handle));
}

/** The work of a `qmstart` task. */
export async function startVm(world: World, node: string, vmid: number, task: TaskHandle): Promise<void> {
  await workOnVm(world, { node, vmid }, task, async (vm) => {
    if (vm.isTemplate) throw failure("you can't start a vm if it's a template");
    assertUnlocked(vm);
    if (vm.guest !== undefined) throw failure(`VM ${vmid} already running`);
    await launch(world, vm, task);
  });
}

/**
 * Starts a stopped VM's process; the caller holds its lock.
 *
 * @throws ApiError 500 for what keeps QEMU from starting
 */
async function launch(world: World, vm: Vm, task: TaskHandle): Promise<void> {
  applyPending(world, vm);
  const drives = Object.keys(vm.config)
    .filter(isDriveKey)
    .map((key) => parseDrive(key, vm.config[key] ?? ""));
  if (drives.some(isCloudInitDrive)) {
    if (hasGatewayWithDhcp(vm))
      task.log(`gateway specified together with DHCP at ${NETWORK_SOURCE} line 242.`);
    task.log("generating cloud-init ISO");
    vm.writeCloudInitImage();
  }
  for (const drive of drives) {
    if (!drive.file.includes(":") || driveVolume(world, vm.node, drive) !== undefined) continue;
    throw failure(`volume '${drive.file}' does not exist`);
  }
  const { cpus } = world.hardware;
  if (vcpuCount(vm) > cpus) throw failure(`MAX ${cpus} vcpus allowed per VM on this node`);
  await world.clock.sleep(world.profile.startSeconds, task.signal);
  assertBridges(world, vm, task);
  vm.guest = bootGuest(world, vm, randomPid());
}

function assertBridges(world: World, vm: Vm, task: TaskHandle): void {
  for (const [key, value] of Object.entries(vm.config)) {
    if (!/^net\d+$/.test(key)) continue;
    const problem = bridgeProblem(world.networks.of(vm.node), parseNetworkDevice(key, value));
    if (problem === undefined) continue;
    const tap = `tap${vm.vmid}i${key.slice(3)}`;
    task.log(problem.text);
    task.log(
      `kvm: -netdev type=tap,id=${key},ifname=${tap},script=${SCRIPT},downscript=${SCRIPT}down: ` +
        `network script ${SCRIPT} failed with status ${problem.status}`,
    );
    throw failure("start failed: QEMU exited with code 1");
  }
}

/** Why a device cannot be connected, and the wait status with which the script that connects it ends. */
function bridgeProblem(
  network: HostNetwork,
  { bridge, tag }: { bridge?: string; tag?: string },
): { text: string; status: number } | undefined {
  if (bridge === undefined) return undefined;
  const found = network.bridge(bridge);
  if (found === undefined) return { text: `bridge '${bridge}' does not exist`, status: 512 };
  if (tag === undefined || (found.settings.bridge_ports ?? "") !== "") return undefined;
  return { text: `no physical interface on bridge '${bridge}'`, status: 65280 };
}

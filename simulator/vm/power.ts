import { failure } from "../schema/api-error";
import type { TaskHandle } from "../world/tasks";
import type { Vm } from "../world/vm";
import { assertUnlocked, holdVmLock, requireVmProcess, type World } from "../world/world";
import { applyPending } from "./apply-pending";
import { isAgentEnabled, pingAgent } from "./guest";
import { startByHost } from "./start";

/** How long a guest is given to shut down where neither the call nor the VM says, in seconds. */
const DEFAULT_SHUTDOWN_SECONDS = 60;

/**
 * From the end of a guest that is to reboot to its start, in seconds: the host's event daemon notices the end, and runs
 * a program that starts it.
 */
const RESTART_SECONDS = 0.5;

/** How a guest is to be shut down. */
interface ShutdownRequest {
  /** Simulated seconds. @default - `down=` of the VM's startup options, else 60 */
  readonly timeoutSeconds?: number;
  /** Whether a guest that does not obey is stopped the hard way. */
  readonly forceStop: boolean;
}

/** The work of a `qmstop` task; stopping what is stopped is fine. */
export function stopVm(world: World, node: string, vmid: number, task: TaskHandle): Promise<void> {
  return withRunningVm(world, node, vmid, task, async (vm) => {
    await world.clock.sleep(world.profile.stopSeconds, task.signal);
    switchOff(world, vm);
  });
}

/** The work of a `qmshutdown` task. Holds the VM's lock for the whole wait. */
export function shutdownVm(
  world: World,
  node: string,
  vmid: number,
  request: ShutdownRequest,
  task: TaskHandle,
): Promise<void> {
  return withRunningVm(world, node, vmid, task, async (vm) => {
    try {
      await askToShutDown(world, vm, request.timeoutSeconds, task);
    } catch (error) {
      if (!request.forceStop || task.signal.aborted) throw error;
      task.log("VM still running - terminating now with SIGTERM");
    }
    switchOff(world, vm);
  });
}

/**
 * The work of a `qmreboot` task, which is to shut the guest down: its host starts it again, with what waited in force, a
 * moment after the task has ended.
 *
 * Sources: qemu-server src/PVE/QemuServer.pm (vm_reboot), src/PVE/CLI/qm.pm (cleanup), src/qmeventd/qmeventd.c.
 */
export function rebootVm(
  world: World,
  node: string,
  vmid: number,
  timeoutSeconds: number | undefined,
  task: TaskHandle,
): Promise<void> {
  return withRunningVm(world, node, vmid, task, async (vm) => {
    await askToShutDown(world, vm, timeoutSeconds, task);
    switchOff(world, vm);
    world.clock.after(RESTART_SECONDS, () => {
      const isThere = world.vms.get(vmid) === vm && !world.trouble.offlineNodes.has(vm.node);
      if (isThere && vm.guest === undefined) startByHost(world, vm);
    });
  });
}

/** The work of a `qmreset` task: the guest boots anew, in the same process. */
export function resetVm(world: World, node: string, vmid: number, task: TaskHandle): Promise<void> {
  return withRunningVm(world, node, vmid, task, (vm) => {
    const { guest } = vm;
    if (guest === undefined) return Promise.resolve();
    const agentSeconds = world.clock.now() + world.profile.bootSeconds;
    vm.guest = { ...guest, ...(guest.agentSeconds !== undefined && { agentSeconds }) };
    return Promise.resolve();
  });
}

/** The work of a `qmpause` or `qmresume` task. */
export function setPaused(
  world: World,
  node: string,
  vmid: number,
  paused: boolean,
  task: TaskHandle,
): Promise<void> {
  return withRunningVm(world, node, vmid, task, (vm) => {
    if (vm.guest !== undefined) vm.guest = { ...vm.guest, paused };
    return Promise.resolve();
  });
}

async function withRunningVm(
  world: World,
  node: string,
  vmid: number,
  task: TaskHandle,
  action: (vm: Vm) => Promise<void>,
): Promise<void> {
  await holdVmLock(
    world,
    vmid,
    async () => {
      const vm = requireVmProcess(world, node, vmid);
      assertUnlocked(vm);
      if (vm.guest !== undefined) await action(vm);
    },
    { task },
  );
}

function switchOff(world: World, vm: Vm): void {
  vm.guest = undefined;
  applyPending(world, vm);
}

async function askToShutDown(
  world: World,
  vm: Vm,
  timeoutSeconds: number | undefined,
  task: TaskHandle,
): Promise<void> {
  const { shutdownSeconds } = world.profile;
  const limitSeconds = timeoutSeconds ?? configuredLimit(vm) ?? DEFAULT_SHUTDOWN_SECONDS;
  if (isAgentEnabled(vm) && (await pingAgent(world, vm, task.signal)) === undefined) {
    task.log(`QEMU Guest Agent is not running - VM ${vm.vmid} qga command 'guest-ping' failed - got timeout`);
  }
  // A guest without a system never obeys, one with a system within its time.
  const obeys = vm.guest?.bootsSystem === true && shutdownSeconds <= limitSeconds;
  await world.clock.sleep(obeys ? shutdownSeconds : limitSeconds, task.signal);
  if (!obeys) throw failure("VM quit/powerdown failed - got timeout");
}

function configuredLimit(vm: Vm): number | undefined {
  const down = /(?:^|,)down=(\d+)/.exec(vm.config.startup ?? "");
  return down === null ? undefined : Number(down[1]);
}

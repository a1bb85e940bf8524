import type { AccessControl } from "../access/access-control";
import { failure } from "../schema/api-error";
import type { TimingProfile } from "./timing-profile";
import type { Clock } from "./clock";
import type { HostNetworks } from "./host-networks";
import type { FileLocks, LockRequest } from "./locks";
import type { Pools } from "./pools";
import type { Storages } from "./storages";
import type { Statistics } from "./statistics";
import type { TaskHandle, TaskList } from "./tasks";
import type { Trouble } from "./trouble";
import type { Vm } from "./vm";

/** What every simulated host has. */
interface HostHardware {
  readonly cpus: number;
  readonly memoryBytes: number;
}

/** The whole simulated cluster. */
export interface World {
  readonly clock: Clock;
  readonly profile: TimingProfile;
  readonly locks: FileLocks;
  readonly tasks: TaskList;
  readonly storages: Storages;
  readonly pools: Pools;
  readonly access: AccessControl;
  readonly statistics: Statistics;
  readonly trouble: Trouble;
  readonly nodes: readonly string[];
  readonly hardware: HostHardware;
  /** SHA-256 fingerprint of the certificate that every host shows. */
  readonly fingerprint: string;
  readonly networks: HostNetworks;
  /** By VM id; ids are unique in the cluster. */
  readonly vms: Map<number, Vm>;
}

/**
 * The VM, if it is on that node.
 *
 * @throws ApiError 500 `Configuration file 'nodes/NODE/qemu-server/ID.conf' does not exist`
 */
export function requireVm(world: World, node: string, vmid: number): Vm {
  const vm = world.vms.get(vmid);
  if (vm?.node === node) return vm;
  throw failure(`Configuration file 'nodes/${node}/qemu-server/${vmid}.conf' does not exist`);
}

/**
 * The VM, if it is on that node, for the calls that look for its process first.
 *
 * @throws ApiError 500 `unable to find configuration file for VM ID on node 'NODE'`
 */
export function requireVmProcess(world: World, node: string, vmid: number): Vm {
  const vm = world.vms.get(vmid);
  if (vm?.node === node) return vm;
  throw failure(`unable to find configuration file for VM ${vmid} on node '${node}'`);
}

/**
 * Refuses to touch a VM whose configuration is locked.
 *
 * @throws ApiError 500 `VM is locked (clone)`
 */
export function assertUnlocked(vm: Vm): void {
  if (vm.lock !== undefined) throw failure(`VM is locked (${vm.lock})`);
}

/**
 * Runs the action under the VM's lock file, which all that changes a VM takes.
 *
 * @throws ApiError 500 `can't lock file '/var/lock/qemu-server/lock-ID.conf' - got timeout`
 */
export function holdVmLock<T>(
  world: World,
  vmid: number,
  action: () => Promise<T> | T,
  request: Partial<LockRequest> = {},
): Promise<T> {
  const path = `/var/lock/qemu-server/lock-${vmid}.conf`;
  return world.locks.hold(path, { mode: "exclusive", timeoutSeconds: 10, ...request }, action);
}

/**
 * What a task does with a VM: it waits for the VM's lock file, and finds the VM as it is by then.
 *
 * @throws ApiError 500 where the lock stays taken, or the VM is gone from that node
 */
export function workOnVm<T>(
  world: World,
  { node, vmid }: { readonly node: string; readonly vmid: number },
  task: TaskHandle,
  work: (vm: Vm) => Promise<T> | T,
): Promise<T> {
  return holdVmLock(world, vmid, () => work(requireVm(world, node, vmid)), { task });
}

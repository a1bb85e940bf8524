import type { World } from "../world/world";
import { applyPending } from "./apply-pending";
import { startByHost } from "./start";

/** Switches a host off: its guests and tasks end, and nobody reaches it any more. */
export function switchHostOff(world: World, node: string): void {
  world.tasks.killAll(node);
  for (const vm of world.vms.values()) {
    if (vm.node !== node || vm.guest === undefined) continue;
    vm.guest = undefined;
    applyPending(world, vm);
  }
  world.trouble.offlineNodes.add(node);
}

/** Switches a host off and on again; when it is back, it starts the VMs that are to be started with it. */
export function rebootHost(world: World, node: string): void {
  switchHostOff(world, node);
  world.clock.after(world.profile.hostBootSeconds, () => {
    world.trouble.offlineNodes.delete(node);
    for (const vm of world.vms.values()) {
      if (vm.node !== node || vm.isTemplate || vm.config.onboot !== "1") continue;
      startByHost(world, vm);
    }
  });
}

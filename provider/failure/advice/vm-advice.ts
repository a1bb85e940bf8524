import { commands, onNode, theVm, vmidFor, type Advice } from "./situation";

/**
 * Texts about which VMs there are and what one is doing.
 * Sources: qemu-server src/PVE/API2/Qemu.pm, src/PVE/QemuServer.pm; pve-guest-common src/PVE/AbstractConfig.pm;
 * pve-cluster src/PVE/Cluster.pm (check_vmid_unused).
 */
export const VM_ADVICE: readonly Advice[] = [
  {
    said: /Configuration file 'nodes\/([^/]+)\/qemu-server\/(\d+)\.conf' does not exist/,
    advice: ([, node = "", vmid = ""]) => notOnNode(vmid, node),
  },
  {
    said: /unable to find configuration file for VM (\d+) on node '([^']+)'/,
    advice: ([, vmid = "", node = ""]) =>
      `${notOnNode(vmid, node)} If it is the template, correct clone or node: a template is cloned on its own node.`,
  },
  {
    said: /unable to create VM (\d+) - (VM|CT) \d+ already exists on node '([^']+)'/,
    advice: ([, vmid = "", kind = "", node = ""]) =>
      taken(
        vmid,
        `by a ${kind === "CT" ? "container" : "VM"} on node ${node}`,
        kind === "CT" ? undefined : node,
      ),
  },
  {
    said: /unable to create VM (\d+): config file already exists/,
    advice: ([, vmid = ""], { node }) => taken(vmid, `on node ${node ?? "of the template"}`, node),
  },
  {
    said: /atomic file '\/etc\/pve\/nodes\/[^/]+\/qemu-server\/(\d+)\.conf' failed: File exists/,
    advice: ([, vmid = ""]) => taken(vmid, "by a container, or by a VM on another node", "NODE"),
  },
  {
    said: /\b(?:VM|CT) (\d+) already exists/,
    advice: ([, vmid = ""]) => taken(vmid, "in the cluster", "NODE"),
  },
  {
    said: /VM is locked \(suspend(?:ed|ing)\)/,
    advice: (_, situation) =>
      `${theVm(situation)} is suspended to disk. Start it in Proxmox, which brings back where it was, or drop that ` +
      `state, ${onNode(situation)} as root:` +
      commands(`qm unlock ${vmidFor(situation)}`),
  },
  {
    said: /VM is locked \(([\w-]+)\)/,
    advice: ([, lock = ""], situation) =>
      `Another operation (${lock}) has locked ${theVm(situation)}. Let it end (Proxmox shows it among the VM's tasks) ` +
      "and run terraform apply again; timeouts says for how long the provider waits for it by itself. Where no task runs any " +
      "more the lock was left behind by one that was killed; " +
      `lift it ${onNode(situation)} as root:` +
      commands(`qm unlock ${vmidFor(situation)}`),
  },
  {
    said: /can't lock file '[^']*\/lock-(\d+)\.conf' - got timeout/,
    advice: ([, vmid = ""]) =>
      `Something else was at work on VM ${vmid} for longer than Proxmox waits: a shutdown that waits for its guest ` +
      "does that, or another clone to the same id. The provider tried again for as long as timeouts says. Look at the VM's " +
      "tasks in Proxmox, and run terraform apply again when they have ended.",
  },
  {
    said: /checksum mismatch/,
    advice: (_, situation) =>
      `Someone else changed ${theVm(situation)} at the same moment, and nothing was written over it. Run terraform ` +
      "apply again: the plan shows what is still to change.",
  },
  {
    said: /VM (\d+) is running - destroy failed/,
    advice: ([, vmid = ""]) =>
      `VM ${vmid} was started between its stop and its removal, by a person or by high availability (ha-manager ` +
      "status shows it). Keep it stopped, and run again.",
  },
  {
    said: /can't remove (VM \d+|drive '[^']+') - protection mode enabled/,
    advice: (_, situation) =>
      `${theVm(situation)} is protected. To let it go switch off Protection in its Options in Proxmox, or ` +
      `${onNode(situation)} as root, then run again:` +
      commands(`qm set ${vmidFor(situation)} --protection 0`),
  },
  {
    said: /unable to remove VM (\d+) - used in HA resources/,
    advice: ([, vmid = ""]) =>
      `High availability manages VM ${vmid}. Take it out, as root on any node, and run again:` +
      commands(`ha-manager remove vm:${vmid}`),
  },
  {
    said: /base volume '([^']+)' is still in use by linked clone/,
    advice: ([, volume = ""]) =>
      `Linked clones still read ${volume}: remove those VMs first, or make them independent (Move disk) in Proxmox.`,
  },
  {
    said: /VM (\d+) already running/,
    advice: ([, vmid = ""]) =>
      `VM ${vmid} was started by someone else at the same moment. Nothing is wrong with it: run terraform apply again.`,
  },
  {
    said: /you can't start a vm if it's a template/,
    advice: (_, situation) =>
      `${theVm(situation)} was turned into a template, which cannot run. Choose another vmid for this resource, and ` +
      "take the template out of state with terraform state rm.",
  },
  {
    said: /VM is paused - cannot shutdown/,
    advice: (_, situation) =>
      `${theVm(situation)} is paused. Resume it, ${onNode(situation)} as root, and run again:` +
      commands(`qm resume ${vmidFor(situation)}`),
  },
  {
    said: /VM quit\/powerdown failed/,
    advice: (_, situation) =>
      `The guest of ${theVm(situation)} did not shut down when it was asked. Is it up, and does it run ` +
      "qemu-guest-agent or listen to the power button (acpid)? To stop it hard, " +
      `${onNode(situation)} as root:` +
      commands(`qm stop ${vmidFor(situation)}`),
  },
  {
    said: /No QEMU guest agent configured/,
    advice: () =>
      'The guest agent is off for this VM. Set agent = true where the template has it installed, or wait_for = "none".',
  },
  {
    said: /QEMU guest agent is not running|qmp command 'guest-[\w-]+' failed/,
    advice: (_, situation) =>
      `The guest agent of ${theVm(situation)} does not answer. Check that qemu-guest-agent is installed and running in ` +
      'the template and that the VM has booted (its console in Proxmox shows it). Where there is no agent set wait_for = "none".',
  },
  {
    said: /VM (\d+) (?:is )?not running/,
    advice: ([, vmid = ""]) =>
      `VM ${vmid} was stopped meanwhile, by its guest or by someone else. Run terraform apply again: it starts the ` +
      "VM where startup = true.",
  },
];

function notOnNode(vmid: string, node: string): string {
  return (
    `VM ${vmid} is not on node ${node}: it was removed, or moved to another node, a moment ago. Run terraform apply ` +
    "again: a VM that was moved is followed, one that was removed is made anew."
  );
}

/** @param node where to import it from; `undefined`: it cannot be imported */
function taken(vmid: string, where: string, node: string | undefined): string {
  return (
    `VM id ${vmid} is taken ${where}: by another resource of this configuration with the same vmid, or by someone else. ` +
    "Choose a free vmid" +
    (node === undefined
      ? "."
      : `, or take the VM that holds it over:${commands(`terraform import ADDRESS ${node}/${vmid}`)}`)
  );
}

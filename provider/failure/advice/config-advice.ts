import { commands, onNode, theVm, vmidFor, type Advice } from "./situation";

/**
 * Texts about a VM's settings, at once or when it starts.
 * Sources: qemu-server src/PVE/QemuServer.pm (config_to_command, vm_start, vmconfig_hotplug_pending), src/PVE/QemuServer/*.pm;
 * pve-common src/PVE/JSONSchema.pm; pve-common src/PVE/Network.pm.
 */
export const CONFIG_ADVICE: readonly Advice[] = [
  {
    said: /bridge '([^']+)' does not exist/,
    advice: ([, bridge = ""], situation) =>
      `There is no bridge "${bridge}" ${onNode(situation)}: correct bridge in net0 to net7, or make it there (node, System, Network).`,
  },
  {
    said: /no physical interface on bridge '([^']+)'/,
    advice: ([, bridge = ""]) =>
      `The bridge "${bridge}" has no network card of the node's, so that it carries no VLAN. Leave tag out of the card that is on it, or ` +
      "give the bridge a port.",
  },
  {
    said: /MAX (\d+) vcpus allowed per VM on this node/,
    advice: ([, most = ""]) => `The node has ${most} CPUs, and a VM gets no more: lower cores or sockets.`,
  },
  {
    said: /cannot set up guest memory|Cannot allocate memory/i,
    advice: (_, situation) =>
      `There is too little free memory ${onNode(situation)} for this VM: lower memory, stop other VMs, or choose another node.`,
  },
  {
    said: /KVM virtualisation configured, but not available/,
    advice: (_, situation) =>
      `The processor ${onNode(situation)} does not virtualise: switch VT-x or AMD-V on in its BIOS, and where Proxmox is a ` +
      "VM itself nested virtualisation on its host.",
  },
  {
    said: /balloon value too large/,
    advice: (_, situation) =>
      `${theVm(situation)} has from its template a least memory (balloon) above what memory is to be. Ask for more ` +
      `memory, or take it away, ${onNode(situation)} as root:` +
      commands(`qm set ${vmidFor(situation)} --delete balloon`),
  },
  {
    said: /SSH public key validation error/,
    advice: () =>
      "Proxmox's ssh-keygen does not take one of the keys in sshkeys. See which, where the key file is:" +
      commands("ssh-keygen -l -f KEY.pub"),
  },
  {
    said: /invalid bootorder: device '([^']+)' does not exist/,
    advice: ([, device = ""], situation) =>
      `The boot order of ${theVm(situation)} names ${device}, which it does not have. Correct it in the template's ` +
      "options (Boot Order).",
  },
  {
    said: /(\w+) - cloud-init drive is already attached at '([^']+)'/,
    advice: ([, , place = ""]) =>
      `A VM has one cloud-init drive, and this has it at ${place}. Leave it there.`,
  },
  {
    said: /only root can set '([^']+)' config/,
    advice: ([, key = ""]) =>
      `Proxmox lets no API token set ${key}, not even root's. Set it in the template, as root@pam with a password.`,
  },
  {
    said: /Built-in cputype '([^']+)' is not defined|Custom cputype '([^']+)' not found/,
    advice: ([, builtIn, custom]) =>
      `Proxmox does not know the CPU type "${builtIn ?? custom ?? ""}": correct cpu. Those that a node knows:` +
      commands("pvesh get /nodes/NODE/capabilities/qemu/cpu"),
  },
  {
    said: /VM-specific CPU flags must be a subset of/,
    advice: () => "Proxmox lets a VM set only the CPU flags that it lists above: correct flags in cpu.",
  },
  {
    said: /hotplug problem - |unable to apply pending change/,
    advice: (_, situation) =>
      `${theVm(situation)} cannot take this change while it runs. Proxmox has kept it and applies it when the VM is next ` +
      "stopped or started: stop it in Proxmox, and run terraform apply again.",
  },
  {
    said: /property is not defined in schema/,
    advice: () =>
      "This version of Proxmox VE does not know the parameter, or no longer. The provider is made for versions 8 and 9: " +
      "see which this is with pveversion.",
  },
  {
    said: /no options specified/,
    advice: () =>
      "Nothing was left to change. Run terraform plan again; if it says the same, please report it.",
  },
  {
    said: /start failed: .*got timeout/,
    advice: (_, situation) =>
      `${theVm(situation)} did not start in the time that Proxmox gives it; a node or storage with too much to do is the ` +
      "usual cause. Run terraform apply again.",
  },
  {
    said: /start failed/,
    advice: (_, situation) =>
      `QEMU did not start ${theVm(situation)}; the log above says why. To see it all, ${onNode(situation)} as root:` +
      commands(`qm start ${vmidFor(situation)}`),
  },
];

/**
 * What a plain CDKTF app needs for as many VMs: the generated bindings, a resource each with the attributes that
 * `RancherStack` sets, and nothing else: no topology, no checks, no gates, no outputs.
 */
import { App, TerraformStack } from "cdktf";
import { PveProvider } from "../../../.gen/providers/pve/provider";
import { Qemu } from "../../../.gen/providers/pve/qemu";
import { formatIpv4 } from "../../../lib/topology/ipv4";
import { FIRST_ADDRESS, FIRST_VM_ID } from "./bench-topology";

const app = new App();
const stack = new TerraformStack(app, "bare");
new PveProvider(stack, "pve");
const count = Number(process.env.BENCH_VM_COUNT);
for (let index = 0; index < count; index += 1) {
  const name = `vm-${index + 1}`;
  new Qemu(stack, name, {
    vmid: FIRST_VM_ID + index,
    name,
    nodeAttribute: "pve1",
    clone: 400,
    cores: 4,
    sockets: 1,
    memory: 8192,
    net0: "virtio,bridge=vmbr0,tag=14",
    scsi0: "ceph-vm:20",
    ciuser: "ubuntu",
    ipconfig0: `ip=${formatIpv4(FIRST_ADDRESS + index)}/8,gw=10.0.0.1`,
    nameserver: "10.0.0.2",
    searchdomain: "example.com",
    sshkeys: '${join("\\n", local.ssh_public_keys)}',
    agent: true,
    startup: true,
    waitFor: "agent",
  });
}
app.synth();

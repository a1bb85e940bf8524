import fs from "node:fs";
import path from "node:path";
import type { Sandbox } from "../sandbox/sandbox";
import type { Change } from "./trial-plan";

/** What the configuration asks of a VM, as far as it is checked. */
export interface WantedVm {
  readonly vmid: number;
  readonly name: string;
  cores: number;
  /** MiB */
  memory: number;
  /** `storage:GiB` */
  scsi0: string;
  /** @default - no disk beside the boot disk */
  scsi1?: string;
  /** @default - no second disk beside the boot disk */
  scsi2?: string;
  readonly ipconfig0: string;
  /** @default - one card */
  net1?: string;
  nameserver: string;
  /** @default false */
  reboot_on_change?: boolean;
}

interface StackJson {
  readonly resource: { readonly pve_qemu: Readonly<Record<string, WantedVm>> };
  readonly terraform: { readonly backend: { readonly local: { path: string } } };
}

/** A synthesized stack, changed as a person would change the topology. */
export class StackFile {
  readonly #path: string;
  readonly #json: StackJson;

  constructor(sandbox: Sandbox) {
    this.#path = path.join(sandbox.stackFolder, "cdk.tf.json");
    this.#json = JSON.parse(fs.readFileSync(this.#path, "utf8")) as StackJson;
  }

  /** All VMs that are asked for. */
  get vms(): WantedVm[] {
    return Object.values(this.#json.resource.pve_qemu);
  }

  /** Has Terraform keep its state beside the configuration, so that the folder can be copied. */
  keepStateBeside(): void {
    this.#json.terraform.backend.local.path = "terraform.tfstate";
    this.#write();
  }

  /** Gives each VM a second network card and a data disk, so that trials are about more than one of each. */
  addDevices(): void {
    for (const vm of this.vms) {
      vm.net1 = "virtio,bridge=vmbr0,tag=20";
      vm.scsi1 = onSameStorage(vm, 5);
    }
    this.#write();
  }

  /** Changes settings of VMs. */
  change({ vmids, cores, memoryMiB, diskGiB, dataDisksGiB, nameserver, rebootOnChange }: Change): void {
    for (const vm of this.vms.filter(({ vmid }) => vmids.includes(vmid))) {
      vm.cores = cores ?? vm.cores;
      vm.memory = memoryMiB ?? vm.memory;
      vm.nameserver = nameserver ?? vm.nameserver;
      if (rebootOnChange !== undefined) vm.reboot_on_change = rebootOnChange;
      if (diskGiB !== undefined) vm.scsi0 = onSameStorage(vm, diskGiB);
      if (dataDisksGiB !== undefined) {
        vm.scsi1 = onSameStorage(vm, dataDisksGiB);
        vm.scsi2 = onSameStorage(vm, dataDisksGiB);
      }
    }
    this.#write();
  }

  #write(): void {
    fs.writeFileSync(this.#path, JSON.stringify(this.#json, null, 2));
  }
}

function onSameStorage({ scsi0 }: WantedVm, sizeGiB: number): string {
  return `${scsi0.split(":")[0] ?? ""}:${sizeGiB}`;
}

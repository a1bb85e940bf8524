import fs from "node:fs";

/** A VM as Terraform's state knows it. */
export interface VmInState {
  readonly vmid: number;
  /** Whether Terraform is going to make it anew, for its creation failed. */
  readonly isTainted: boolean;
}

interface StateFile {
  readonly resources: readonly {
    readonly type: string;
    readonly instances: readonly {
      readonly status?: string;
      readonly attributes: { readonly vmid?: number };
    }[];
  }[];
}

/**
 * The resources in a state file.
 *
 * @throws SyntaxError where it holds no state: nobody but a person could put that right
 */
export function readState(path: string): { vms: VmInState[]; resourceCount: number } {
  const text = fs.existsSync(path) ? fs.readFileSync(path, "utf8") : "";
  // Terraform makes the file before it has anything to write into it.
  if (text === "") return { vms: [], resourceCount: 0 };
  const { resources } = JSON.parse(text) as StateFile;
  const vms = resources
    .filter(({ type }) => type === "pve_qemu")
    .flatMap(({ instances }) => instances)
    .map(({ status, attributes }) => ({ vmid: attributes.vmid ?? 0, isTainted: status === "tainted" }));
  return { vms, resourceCount: resources.flatMap(({ instances }) => instances).length };
}

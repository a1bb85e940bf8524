import * as fs from "node:fs";
import { StateError, declaredResources, stateResources, type Resources } from "../reports";
import { loadWithFiles } from "../topology/load-topology";
import { FileError } from "./file-error";

/** What `--diff` calls the last applied state, wherever that is. */
export const STATE_WORD = "state";

/** Where the app keeps its state unless `TERRAFORM_STATE` says otherwise: CDKTF's name for the stack's. */
const DEFAULT_STATE_FILE = "terraform.rancher-proxmox.tfstate";

const NO_RESOURCES: Resources = { vms: new Map(), gates: new Map(), others: 0 };

/** What a topology is to be compared with. */
export interface Prior {
  /** The name to tell it by. */
  readonly name: string;
  /** Whether it is Terraform state and no topology. */
  readonly isState: boolean;
  readonly resources: Resources;
  /** The files it was read from. */
  readonly files: readonly string[];
}

/**
 * Reads what a topology is to be compared with: another one, or Terraform state in any of its forms.
 * @param other a file, or {@link STATE_WORD}
 * @throws FileError, TopologyError
 */
export function readPrior(other: string, environment: Readonly<Record<string, string | undefined>>): Prior {
  const name = other === STATE_WORD ? environment.TERRAFORM_STATE || DEFAULT_STATE_FILE : other;
  const text = readText(name, other === STATE_WORD);
  const isStateFile = other === STATE_WORD || /\.tfstate(\.|$)/.test(name);
  // Terraform makes the file before it has anything to write into it.
  const isNew = isStateFile && text.trim() === "";
  const state = isNew ? NO_RESOURCES : readState(name, text);
  if (state === undefined && isStateFile) {
    const advice = "restore it from a backup, or name one that holds what `terraform state pull` prints";
    throw new FileError(`${name}: is no Terraform state, or one that is cut off or damaged; ${advice}`);
  }
  if (state !== undefined) return { name, isState: true, resources: state, files: [name] };
  const { topology, files } = loadWithFiles(name);
  return { name, isState: false, resources: declaredResources(topology), files };
}

function readState(name: string, text: string): Resources | undefined {
  try {
    return stateResources(text);
  } catch (error) {
    if (error instanceof StateError) throw new FileError(`${name}: ${error.message}`);
    throw error;
  }
}

function readText(name: string, isDefault: boolean): string {
  try {
    return fs.readFileSync(name, "utf8");
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    const problem = code === "ENOENT" ? "there is no such file" : `cannot be read (${code})`;
    const advice = isDefault
      ? "nothing was applied from this folder, or the state is elsewhere: name its file with --diff FILE or TERRAFORM_STATE, or one that holds what `terraform state pull` prints"
      : "name a topology or Terraform state with --diff";
    throw new FileError(`${name}: ${problem}; ${advice}`);
  }
}

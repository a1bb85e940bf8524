/** A whole topology. */
import type { ClusterInput } from "./cluster";
import type { FurtherNetworkInput, NetworkInput } from "./network";
import type { ProxmoxInput } from "./proxmox";
import type { SizesInput } from "./sizes";

/** A whole topology, as a program gives it. */
export interface TopologyInput {
  /** Where on Proxmox VE the VMs are made. */
  readonly proxmox: ProxmoxInput;
  /** The main network: that of every VM's net0. */
  readonly network: NetworkInput;
  /**
   * Further networks by name. A name is a DNS label that begins with a letter.
   * @default - none
   */
  readonly networks?: Readonly<Record<string, FurtherNetworkInput>>;
  /**
   * How people log in to the VMs.
   * @default - user "ubuntu"
   */
  readonly access?: AccessInput;
  /**
   * What holds for every pool that does not say otherwise.
   * @default - nothing
   */
  readonly defaults?: SizesInput;
  /**
   * Sizes by name, for pools to refer to.
   * @default - none
   */
  readonly profiles?: Readonly<Record<string, SizesInput>>;
  /**
   * How seriously each rule is taken, by its name.
   * @default - its own for each: see the rules in docs/CONFIGURATION.md
   * @example { "even-servers": "off", "memory-overcommit": "error" }
   */
  readonly checks?: Readonly<Record<string, RuleLevel>>;
  /**
   * Names of rules whose warnings are meant, anywhere in the topology: they are no longer printed.
   * @default - none
   * @example ["single-server-manager"]
   */
  readonly acknowledge?: readonly string[];
  /**
   * The clusters by name, 1-1000 of them. A name is a DNS label that begins with a letter, and the first part of its
   * VMs' names.
   */
  readonly clusters: Readonly<Record<string, ClusterInput>>;
}

/** What a topology file may say besides a whole topology: YAML or JSON. */
export interface TopologyFileInput extends TopologyInput {
  /**
   * The file that this one extends, or a list of such files, relative to its folder. Mappings are joined key by key, any
   * other value replaces what is below, and null takes a key out that may be left out. A later file stands over an
   * earlier one, and this one over all.
   * @default - none: the file is a whole topology
   * @example "../topology.yaml"
   */
  readonly extends?: string | readonly string[];
  /**
   * The JSON Schema by which an editor helps with the file, as a path or a URL. The topology does not depend on it.
   * @default - none
   * @example "./topology.schema.json"
   */
  readonly $schema?: string;
}

/** How seriously a rule is taken: an error stops, a warning is printed. */
export type RuleLevel = "error" | "warning" | "off";

/** How people log in to the VMs: by SSH key alone; the keys are given at deployment. */
export interface AccessInput {
  /**
   * The user that cloud-init makes.
   * @default "ubuntu"
   * @example "admin"
   */
  readonly user?: string;
}

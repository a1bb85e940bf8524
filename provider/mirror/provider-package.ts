import path from "node:path";
import { NULL_PROVIDER_VERSION } from "../null/null-provider";
import { PROVIDER_VERSION } from "../pve-provider";

/** A provider that this project builds. */
export interface ProviderPackage {
  /** Where configurations say they have it from, such as `dataknife/pve`. */
  readonly source: string;
  readonly version: string;
  /** Absolute path of the module that serves it. */
  readonly entry: string;
}

/** The registry that a source address without a host name means. */
export const REGISTRY = "registry.terraform.io";

/** The provider for Proxmox VE. */
export const PVE_PACKAGE: ProviderPackage = {
  source: "dataknife/pve",
  version: PROVIDER_VERSION,
  entry: path.join(__dirname, "..", "main.ts"),
};

/** The stand-in for `hashicorp/null`, for use without a registry. */
export const NULL_PACKAGE: ProviderPackage = {
  source: "hashicorp/null",
  version: NULL_PROVIDER_VERSION,
  entry: path.join(__dirname, "..", "null", "main.ts"),
};

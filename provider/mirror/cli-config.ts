import type { ProviderPackage } from "./provider-package";
import { REGISTRY } from "./provider-package";

/** How Terraform is to find providers. */
export interface CliConfigOptions {
  /** Absolute path of the mirror. */
  readonly folder: string;
  /** What the mirror holds. */
  readonly packages: readonly Pick<ProviderPackage, "source">[];
  /** Take everything from the mirror, ask no registry. @default false */
  readonly offline?: boolean;
}

/** A quoted string. The file's language is an older one than that of configurations, in which `${` is plain text. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A CLI configuration file, for `TF_CLI_CONFIG_FILE`. */
export function cliConfig({ folder, packages, offline = false }: CliConfigOptions): string {
  const addresses = packages.map(({ source }) => quoted(`${REGISTRY}/${source}`)).join(", ");
  const mirror = [`    path = ${quoted(folder)}`, ...(offline ? [] : [`    include = [${addresses}]`])];
  const direct = offline ? [] : ["  direct {", `    exclude = [${addresses}]`, "  }"];
  return ["provider_installation {", "  filesystem_mirror {", ...mirror, "  }", ...direct, "}", ""].join(
    "\n",
  );
}

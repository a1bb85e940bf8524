import os from "node:os";
import path from "node:path";
import { Command, CommanderError } from "commander";
import { cliConfig } from "../provider/mirror/cli-config";
import type { InstalledProvider } from "../provider/mirror/mirror";
import { installProviders } from "../provider/mirror/mirror";
import { NULL_PACKAGE, PVE_PACKAGE } from "../provider/mirror/provider-package";

interface Options {
  readonly dir?: string;
  readonly offline?: boolean;
}

/** What is to be done about folders that were initialized with another build, whose hash their lock file holds. */
const LOCKED = [
  "A folder that was initialized with another build refuses this one (its .terraform.lock.hcl holds the hash).",
  `Remove the entry of ${PVE_PACKAGE.source} from that file, or the file, and run terraform init again.`,
];

function installedLines(installed: readonly InstalledProvider[]): string[] {
  return installed.map(
    ({ source, version, file, changed }) =>
      `${changed ? "Installed" : "Unchanged:"} ${source} ${version} in ${path.dirname(file)}`,
  );
}

/** Where Terraform looks without being told. Source: developer.hashicorp.com/terraform/cli/config/config-file#implied-local-mirror-directories. */
function impliedMirror(): string {
  return path.join(os.homedir(), ".terraform.d", "plugins");
}

function nextLines(folder: string, { dir, offline = false }: Options): string[] {
  if (dir === undefined) {
    return [
      `Terraform finds it there by itself for configurations that require ${PVE_PACKAGE.source} ${PVE_PACKAGE.version}:`,
      "run terraform init. (Not so where a CLI configuration has a provider_installation block of its own: then",
      "use --dir.)",
    ];
  }
  const packages = offline ? [PVE_PACKAGE, NULL_PACKAGE] : [PVE_PACKAGE];
  return [
    "Write this into a file, such as terraform.tfrc, and name the file in TF_CLI_CONFIG_FILE before terraform init:",
    "",
    cliConfig({ folder, packages, offline }).trimEnd(),
    ...(offline
      ? ["", "With it Terraform asks no registry; providers that are not in the folder are not found."]
      : []),
  ];
}

/** `npm run provider:install`: builds the provider and puts it where Terraform finds it. */
async function install(options: Options): Promise<void> {
  const { dir, offline = false } = options;
  if (process.platform === "win32") {
    throw new Error(
      "Windows does not run a script file as a program. Run Terraform and this command in WSL.",
    );
  }
  if (offline && dir === undefined) {
    throw new Error(
      "--offline goes with --dir: the stand-in for hashicorp/null must not take the place of the real one " +
        `in ${impliedMirror()}. Give a folder, such as --dir mirror.`,
    );
  }
  if (dir === "") throw new Error("--dir needs the path of a folder; got an empty one.");
  const folder = dir === undefined ? impliedMirror() : path.resolve(dir);
  const installed = await installProviders(folder, offline ? [PVE_PACKAGE, NULL_PACKAGE] : [PVE_PACKAGE]);
  const lines = [...installedLines(installed), "", ...nextLines(folder, options), ""];
  if (installed.some(({ changed }) => changed)) lines.push(...LOCKED);
  console.log(lines.join("\n").trimEnd());
}

async function main(): Promise<void> {
  const command = new Command("npm run provider:install --")
    .description(
      `Builds the provider ${PVE_PACKAGE.source} ${PVE_PACKAGE.version} and puts it where Terraform finds it.`,
    )
    .option("--dir <folder>", "a mirror to put it into, instead of where Terraform looks by itself")
    .option(
      "--offline",
      "also a stand-in for hashicorp/null, and a configuration that asks no registry (with --dir)",
    )
    .allowExcessArguments(false)
    .showHelpAfterError("(--help lists the options)")
    .exitOverride();
  command.parse();
  await install(command.opts<Options>());
}

main().catch((error: unknown) => {
  // Commander has told about its own already.
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode;
    return;
  }
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});

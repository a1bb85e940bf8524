import { execFile } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { cliConfig } from "./cli-config";
import { installProviders } from "./mirror";
import { PVE_PACKAGE } from "./provider-package";

const PROJECT_FOLDER = path.join(__dirname, "..", "..");

/** What `cdktf get` writes for the provider, by path below its output folder. */
export const GENERATED = [path.join("providers", "pve"), "constraints.json", "versions.json"] as const;

/** The file behind the `cdktf` command. */
function cdktfCommand(): string {
  const require = createRequire(__filename);
  const manifest = require.resolve("cdktf-cli/package.json");
  const { bin } = JSON.parse(fs.readFileSync(manifest, "utf8")) as { bin: { cdktf: string } };
  return path.join(path.dirname(manifest), bin.cdktf);
}

/**
 * Generates the CDKTF bindings of the provider from the provider itself, through `cdktf get` and Terraform.
 *
 * @param workFolder An empty folder to work in.
 * @returns The folder that holds {@link GENERATED}.
 * @throws Error with what `cdktf get` printed where it fails.
 */
export async function generateBindings(workFolder: string): Promise<string> {
  const mirror = path.join(workFolder, "mirror");
  const configFile = path.join(workFolder, "cli.tfrc");
  const { source, version } = PVE_PACKAGE;
  await installProviders(mirror, [PVE_PACKAGE]);
  fs.writeFileSync(configFile, cliConfig({ folder: mirror, packages: [PVE_PACKAGE], offline: true }));
  const project = {
    language: "typescript",
    app: "true",
    projectId: "bindings",
    sendCrashReports: "false",
    terraformProviders: [{ name: path.basename(source), source, version }],
    codeMakerOutput: "out",
  };
  fs.writeFileSync(path.join(workFolder, "cdktf.json"), JSON.stringify(project));
  try {
    await promisify(execFile)(process.execPath, [cdktfCommand(), "get"], {
      cwd: workFolder,
      env: {
        ...process.env,
        TF_CLI_CONFIG_FILE: configFile,
        // Neither the user's plugin cache nor a request home has a part in this.
        CDKTF_DISABLE_PLUGIN_CACHE_ENV: "true",
        CHECKPOINT_DISABLE: "1",
        CI: "true",
      },
    });
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`cdktf get failed:\n${stdout}${stderr}`, { cause: error });
  }
  const output = path.join(workFolder, "out");
  // It also reports success where Terraform could not load the provider.
  for (const name of GENERATED) {
    if (!fs.existsSync(path.join(output, name))) throw new Error(`cdktf get wrote no ${name}`);
  }
  return output;
}

/** Puts generated bindings into the project, in place of those there. */
export function replaceBindings(output: string): void {
  const target = path.join(PROJECT_FOLDER, ".gen");
  for (const name of GENERATED) {
    const place = path.join(target, name);
    fs.rmSync(place, { recursive: true, force: true });
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.renameSync(path.join(output, name), place);
  }
}

import fs from "node:fs";
import path from "node:path";
import { bundleProvider } from "./bundle";
import type { ProviderPackage } from "./provider-package";
import { REGISTRY } from "./provider-package";

/** A provider in a mirror. */
export interface InstalledProvider {
  readonly source: string;
  readonly version: string;
  /** The executable. */
  readonly file: string;
  /** Whether the file was written: `false`, it was there already, byte for byte. */
  readonly changed: boolean;
}

const ARCHITECTURES: Readonly<Record<string, string>> = { x64: "amd64", ia32: "386" };

/** This machine as Terraform names it: `linux_amd64`, `darwin_arm64`. */
export function terraformPlatform(
  platform: string = process.platform,
  architecture: string = process.arch,
): string {
  return `${platform}_${ARCHITECTURES[architecture] ?? architecture}`;
}

function isSame(file: string, contents: Uint8Array): boolean {
  try {
    return fs.readFileSync(file).equals(contents);
  } catch {
    return false;
  }
}

/** Writes a file so that whoever opens it finds the old one or the new one, whole. */
function replaceFile(file: string, contents: Uint8Array): void {
  // Beside the folder, not in it: a second file there would change the hash of the package.
  const scratch = path.join(path.dirname(path.dirname(file)), `.${path.basename(file)}.${process.pid}`);
  try {
    fs.writeFileSync(scratch, contents, { mode: 0o755 });
    fs.chmodSync(scratch, 0o755);
    fs.renameSync(scratch, file);
  } finally {
    fs.rmSync(scratch, { force: true });
  }
}

function writeExecutable(file: string, contents: Uint8Array): void {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    replaceFile(file, contents);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`Cannot write ${file} (${reason}). Choose a folder that you may write to.`, {
      cause: error,
    });
  }
}

/**
 * Builds providers into a mirror folder, in the unpacked layout that Terraform reads as it stands.
 *
 * @throws Error where a provider does not build or the folder cannot be written.
 */
export async function installProviders(
  folder: string,
  packages: readonly ProviderPackage[],
): Promise<InstalledProvider[]> {
  return Promise.all(
    packages.map(async ({ source, version, entry }) => {
      const contents = await bundleProvider(entry);
      const target = path.join(folder, REGISTRY, source, version, terraformPlatform());
      // Terraform takes any ending; as .cjs the file stays CommonJS under a package that is not.
      const file = path.join(target, `terraform-provider-${path.basename(source)}_v${version}.cjs`);
      const changed = !isSame(file, contents);
      if (changed) writeExecutable(file, contents);
      return { source, version, file, changed };
    }),
  );
}

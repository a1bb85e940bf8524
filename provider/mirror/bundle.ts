import path from "node:path";
import { build } from "esbuild";

const PROJECT_FOLDER = path.join(__dirname, "..", "..");

/**
 * A provider as one executable file for Node, which needs nothing beside it.
 *
 * The same sources give the same bytes, on any machine and in any folder: Terraform's lock file holds their hash.
 *
 * @param entry Absolute path of the module that serves the provider.
 * @throws Error with esbuild's messages where the sources do not build.
 */
export async function bundleProvider(entry: string): Promise<Uint8Array> {
  const result = await build({
    entryPoints: [path.relative(PROJECT_FOLDER, entry)],
    // Names in the bundle are relative to this folder, wherever the command is run.
    absWorkingDir: PROJECT_FOLDER,
    bundle: true,
    platform: "node",
    target: "node20.9",
    format: "cjs",
    minifySyntax: true,
    minifyWhitespace: true,
    // Class names stand in error messages and stack traces, which people are asked to report.
    minifyIdentifiers: false,
    legalComments: "eof",
    banner: { js: "#!/usr/bin/env node" },
    // What is configured for the project or the user must not change the bytes.
    tsconfigRaw: {},
    write: false,
    logLevel: "silent",
  });
  const [file] = result.outputFiles;
  if (!file) throw new Error(`esbuild made no file of ${entry}`);
  return file.contents;
}

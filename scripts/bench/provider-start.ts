import { spawn } from "node:child_process";
import { createCertificate } from "../../provider/plugin/certificate";
import { installProviders } from "../../provider/mirror/mirror";
import { PVE_PACKAGE } from "../../provider/mirror/provider-package";
import type { Figure } from "./figure";
import { inScratchFolder } from "./scratch-folder";

/** What Terraform shows a provider to be recognised. Source: hashicorp/go-plugin:docs/internals.md. */
const COOKIE = {
  TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
  PLUGIN_PROTOCOL_VERSIONS: "6",
};

/** How long it takes from starting the provider, as Terraform does, until it says where it listens. */
export function measureProviderStart(measure: string, runs: number): Promise<Figure[]> {
  return inScratchFolder(async (folder) => {
    const [provider] = await installProviders(folder, [PVE_PACKAGE]);
    if (provider === undefined) throw new Error("no provider was built");
    const { certificate } = createCertificate(new Date());
    const samples: number[] = [];
    for (let run = 0; run < runs; run += 1) samples.push(await startOnce(provider.file, certificate, folder));
    return [{ measure, name: "spawn to handshake", unit: "ms", samples }];
  });
}

/** @param folder takes the socket that a provider which is killed leaves behind */
function startOnce(file: string, clientCertificate: string, folder: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const startedMs = performance.now();
    let startMs: number | undefined;
    const child = spawn(file, [], {
      env: { ...process.env, ...COOKIE, PLUGIN_CLIENT_CERT: clientCertificate, TMPDIR: folder },
      stdio: ["ignore", "pipe", "ignore"],
    });
    child.stdout.once("data", () => {
      startMs = performance.now() - startedMs;
      // It ends when Terraform says so, and passes over other signals.
      child.kill("SIGKILL");
    });
    child.on("error", reject);
    child.on("close", () => {
      if (startMs === undefined) reject(new Error("the provider ended before its handshake"));
      else resolve(startMs);
    });
  });
}

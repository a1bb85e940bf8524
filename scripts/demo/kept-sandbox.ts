import fs from "node:fs";
import path from "node:path";
import type { Sandbox } from "../sandbox/sandbox";

/**
 * Writes the environment that turns cdktf and terraform to a sandbox into a file to be sourced.
 *
 * @param topologyFile what was deployed: what cdktf is to synthesize again
 * @returns what to tell a person, line by line
 */
export function keepEnvironment(sandbox: Sandbox, topologyFile: string): string[] {
  const environment = { TOPOLOGY: path.resolve(topologyFile), ...sandbox.environment };
  const exports = Object.entries(environment).map(([name, value]) => `export ${name}=${quote(value)}`);
  const file = path.join(sandbox.folder, "environment.sh");
  fs.writeFileSync(file, `${exports.join("\n")}\n`, { mode: 0o600 });
  // In a folder of their own, so that a later deployment to a real Proxmox finds no other's backend in cdktf.out.
  const output = path.relative(process.cwd(), path.join(sandbox.folder, "cdktf.out"));
  return [
    "The simulator goes on running. In another terminal, in this folder, set the environment:",
    "",
    ...exports,
    "",
    `or, shorter: . ${path.relative(process.cwd(), file)}`,
    "",
    "and then try, for example:",
    "",
    `npx cdktf diff --output ${output}`,
    `npx cdktf deploy --output ${output} --auto-approve`,
    `npx cdktf destroy --output ${output} --auto-approve`,
    `terraform -chdir=${path.relative(process.cwd(), sandbox.stackFolder)} plan`,
    "",
    "Ctrl-C here ends the simulator.",
  ];
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Resolves when the signal is aborted. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    signal.addEventListener(
      "abort",
      () => {
        resolve();
      },
      { once: true },
    );
  });
}

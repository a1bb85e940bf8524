import { Console } from "node:console";

const PARENT_CHECK_MS = 500;

/**
 * Keeps standard output for the handshake: after it nobody reads there, and a long line would block the process for
 * good. What libraries print goes to standard error, where Terraform logs it.
 */
export function reserveStandardOutput(): void {
  globalThis.console = new Console(process.stderr, process.stderr);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  // Terraform may be gone while its provider still logs.
  process.stderr.on("error", () => undefined);
}

/**
 * Ends the process with Terraform, and not before it: Ctrl-C, or a pipeline that is cancelled, reaches every process of
 * the group, but Terraform decides (it calls StopProvider) and needs the answers of calls under way; a Terraform that was killed cannot say so, which shows in the parent's id.
 */
export function followTerraform(exit: (code: number) => void): void {
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => undefined);
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) exit(1);
  }, PARENT_CHECK_MS).unref();
}

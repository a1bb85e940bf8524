#!/usr/bin/env node
import { basename } from "node:path";
import { runCommand } from "./run";

// Whoever reads the output, such as head, may have seen enough.
process.stdout.on("error", ({ code = "" }: NodeJS.ErrnoException) => {
  if (code === "EPIPE") return;
  process.stderr.write(`the standard output cannot be written (${code}); write to a file with --output\n`);
  process.exitCode = 1;
});
process.stderr.on("error", ({ code }: NodeJS.ErrnoException) => {
  // There is nowhere left to tell it.
  if (code !== "EPIPE") process.exitCode = 1;
});

/** The package's command in an app that has it installed. */
const INSTALLED = "rancher-proxmox-topology";

process.exitCode = runCommand({
  command: basename(process.argv[1] ?? "").startsWith(INSTALLED) ? `npx ${INSTALLED}` : "npm run topology --",
  argv: process.argv.slice(2),
  environment: process.env,
  out: process.stdout,
  error: process.stderr,
});

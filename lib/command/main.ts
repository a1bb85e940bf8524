#!/usr/bin/env node
import { runCommand } from "./run";

// Whoever reads the output, such as head, may have seen enough.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

process.exitCode = runCommand({
  argv: process.argv.slice(2),
  environment: process.env,
  out: process.stdout,
  error: process.stderr,
});

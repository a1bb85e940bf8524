import { runCommand } from "./command/run";

const interrupted = new Promise<void>((resolve) => {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      resolve();
    });
  }
});

void runCommand({
  argv: process.argv,
  environment: process.env,
  out: (text) => process.stdout.write(text),
  error: (text) => process.stderr.write(text),
  interrupted,
}).then((code) => {
  process.exitCode = code;
});

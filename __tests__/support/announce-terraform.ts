import { spawnSync } from "node:child_process";

/** Run once before all tests: says in one line what is going to be skipped. */
export default function announceTerraform(): void {
  if (process.env.CI === "true" || spawnSync("terraform", ["version"]).status === 0) return;
  process.stderr.write(
    "\n*** SKIPPED: all tests that run the real Terraform, for there is no terraform on the PATH. ***\n\n",
  );
}

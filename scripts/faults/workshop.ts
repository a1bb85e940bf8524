import fs from "node:fs";
import path from "node:path";
import { mustSucceed } from "../sandbox/run-command";
import { Sandbox } from "../sandbox/sandbox";
import { StackFile } from "./stack-file";

/**
 * Makes what all trials have in common, once: the providers, and the reference's stack, synthesized, with more
 * devices for each VM, and initialized.
 *
 * @throws CommandFailure where a step fails
 */
export async function openWorkshop(folder: string): Promise<Sandbox> {
  const sandbox = await Sandbox.open({ folder: path.join(folder, "workshop") });
  mustSucceed("synth", await sandbox.synth());
  const stack = new StackFile(sandbox);
  stack.keepStateBeside();
  stack.addDevices();
  mustSucceed("terraform init", await sandbox.terraform(["init", "-input=false", "-no-color"]));
  fs.rmSync(path.join(sandbox.stackFolder, "terraform.tfstate"), { force: true });
  return sandbox;
}

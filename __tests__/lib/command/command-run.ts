import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { runCommand } from "../../../lib/command/run";

export const project = path.join(__dirname, "..", "..", "..");
export const reference = path.join(project, "topology.yaml");
/** The text of {@link reference}. */
export const declared = fs.readFileSync(reference, "utf8");
/** A topology with a fault, without its ending. */
export const invalid = path.join(project, "__tests__", "fixtures", "topology", "invalid", "merge-key");

/** Runs the topology command in this process. */
export function run(
  argv: string[],
  environment: Record<string, string> = {},
  isTTY = false,
  command = "npm run topology --",
) {
  const written = { out: "", error: "" };
  const code = runCommand({
    command,
    argv,
    environment,
    out: { isTTY, write: (text) => (written.out += text) },
    error: { write: (text) => (written.error += text) },
  });
  return { code, ...written };
}

/** A folder of its own for each test; answers its path. */
export function scratchFolder(): () => string {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "topology-command-"));
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true });
  });
  return () => folder;
}

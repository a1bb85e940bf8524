import fs from "node:fs";
import path from "node:path";
import { generateBindings, replaceBindings } from "../provider/mirror/bindings";

/** `npm run get`: generates `.gen/providers/pve` anew from the provider. */
async function main(): Promise<void> {
  const workFolder = path.join(__dirname, "..", ".work");
  fs.mkdirSync(workFolder, { recursive: true });
  const folder = fs.mkdtempSync(path.join(workFolder, "get-"));
  try {
    replaceBindings(await generateBindings(folder));
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
  console.log(
    "The bindings in .gen/providers/pve are those of the provider as it is now; commit what changed.",
  );
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});

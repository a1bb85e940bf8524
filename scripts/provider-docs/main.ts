import fs from "node:fs";
import path from "node:path";
import { createProvider } from "../../provider/pve-provider";
import { withGeneratedParts } from "./generated-parts";

const PAGE = path.join(__dirname, "..", "..", "docs", "PROVIDER.md");

/** `npm run docs`: makes the generated parts of docs/PROVIDER.md anew from the provider's schema. */
try {
  fs.writeFileSync(PAGE, withGeneratedParts(fs.readFileSync(PAGE, "utf8"), createProvider({})));
  console.log("docs/PROVIDER.md says what the provider's schema says; commit what changed.");
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

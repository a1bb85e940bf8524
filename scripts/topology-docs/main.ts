import fs from "node:fs";
import path from "node:path";
import { withParts } from "../docs/page-parts";
import { configurationParts } from "./configuration-parts";
import { topologyJsonSchema } from "./json-schema";

const ROOT = path.join(__dirname, "..", "..");
const PAGE = path.join(ROOT, "docs", "CONFIGURATION.md");

/** Makes topology.schema.json, and the generated parts of docs/CONFIGURATION.md, anew from the topology's schema. */
try {
  fs.writeFileSync(
    path.join(ROOT, "topology.schema.json"),
    `${JSON.stringify(topologyJsonSchema(), null, 2)}\n`,
  );
  fs.writeFileSync(PAGE, withParts(fs.readFileSync(PAGE, "utf8"), configurationParts(), "the schema"));
  console.log(
    "topology.schema.json and docs/CONFIGURATION.md say what the schema says; commit what changed.",
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

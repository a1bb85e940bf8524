import fs from "node:fs";
import path from "node:path";
import { renderSvg } from "../lib/reports";
import { loadTopology } from "../lib/topology";

const PROJECT = path.join(__dirname, "..");
const PICTURE = path.join("docs", "images", "reference.svg");

/** `npm run docs`: draws the reference topology anew. */
try {
  fs.writeFileSync(path.join(PROJECT, PICTURE), renderSvg(loadTopology(path.join(PROJECT, "topology.yaml"))));
  console.log(`${PICTURE} shows what topology.yaml declares; commit what changed.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}

import fs from "node:fs";
import path from "node:path";
import { renderSvg } from "../../lib/reports";
import { reference } from "../support/sample-topologies";

const PROJECT = path.join(__dirname, "..", "..");

test("docs/images/reference.svg shows what topology.yaml declares; if not, run npm run docs", () => {
  const picture = fs.readFileSync(path.join(PROJECT, "docs", "images", "reference.svg"), "utf8");
  expect(picture).toBe(renderSvg(reference()));
});

test.each(["README.md", "docs/ARCHITECTURE.md"])("%s shows it", (page) => {
  const text = fs.readFileSync(path.join(PROJECT, page), "utf8");
  const shown = [...text.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, file = ""]) =>
    path.join(path.dirname(page), file),
  );
  expect(shown).toContain(path.join("docs", "images", "reference.svg"));
});

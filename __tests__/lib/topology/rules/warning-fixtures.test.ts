import * as fs from "node:fs";
import * as path from "node:path";
import { formatFault, loadTopology } from "../../../../lib/topology";
import { namedRules } from "../../../../lib/topology/rules";

/** A file for each rule that warns, which breaks it and no other, and beside it what the user is told. */
const fixtures = path.join(__dirname, "..", "..", "..", "fixtures", "topology", "warnings");
const rules = namedRules.filter(({ level }) => level === "warning").map(({ name }) => name);

test("there is a file for each rule that warns", () => {
  const files = [...rules.map((name) => `${name}.txt`), ...rules.map((name) => `${name}.yaml`)];
  expect(fs.readdirSync(fixtures).sort()).toEqual(files.sort());
});

test.each(rules)("%s: is told, with line and fix, and nothing else is", (name) => {
  const file = path.join(fixtures, `${name}.yaml`);
  const inPipeline = name === "placement-not-recorded";
  const lines = loadTopology(file, { inPipeline }).warnings.map(
    (warning) => `warning: ${formatFault(warning, `${name}.yaml`)}`,
  );
  expect(`${lines.join("\n")}\n`).toBe(fs.readFileSync(path.join(fixtures, `${name}.txt`), "utf8"));
  expect(lines.filter((line) => !line.endsWith(` [${name}]`))).toEqual([]);
});

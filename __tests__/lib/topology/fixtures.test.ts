import * as fs from "node:fs";
import * as path from "node:path";
import { TopologyError, loadTopology } from "../../../lib/topology";

/**
 * One rule a pair: valid/NAME.yaml keeps it, often by a hair; invalid/NAME.yaml breaks it and nothing else.
 * invalid/NAME.txt has what the user is told.
 */
const fixtures = path.join(__dirname, "..", "..", "fixtures", "topology");
const names = (folder: string, ending: string): string[] =>
  fs
    .readdirSync(path.join(fixtures, folder))
    .filter((file) => file.endsWith(ending))
    .map((file) => path.basename(file, ending))
    .sort();

function faultLines(file: string): string {
  try {
    loadTopology(file);
  } catch (error) {
    if (error instanceof TopologyError) return error.message;
    throw error;
  }
  return "no fault";
}

test("every rule has a valid file, an invalid file and the lines expected for it", () => {
  expect(names("valid", ".yaml")).toEqual(names("invalid", ".yaml"));
  expect(names("invalid", ".txt")).toEqual(names("invalid", ".yaml"));
});

test.each(names("valid", ".yaml"))("%s: the valid file loads", (name) => {
  expect(faultLines(path.join(fixtures, "valid", `${name}.yaml`))).toBe("no fault");
});

test.each(names("invalid", ".yaml"))("%s: the invalid file is refused, with line and fix", (name) => {
  const file = path.join(fixtures, "invalid", `${name}.yaml`);
  const expected = fs.readFileSync(path.join(fixtures, "invalid", `${name}.txt`), "utf8");
  expect(`${faultLines(file).replaceAll(`${path.dirname(file)}/`, "")}\n`).toBe(expected);
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InvalidOptions } from "../../../simulator";
import { readCommandLine } from "../../../simulator/command/flags";

describe("faults on the command line", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "simulator-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const write = (text: string): string => {
    const path = join(folder, "faults.yaml");
    writeFileSync(path, text);
    return path;
  };
  const read = (...args: string[]) =>
    readCommandLine(["node", "main.ts", ...args], {}, () => undefined)?.options;
  const drop = { call: {}, action: { kind: "drop" } };

  test.each([
    ["a list", "- { call: {}, action: { kind: drop } }\n"],
    ["a named list", "faults:\n  - { call: {}, action: { kind: drop } }\n"],
    ["JSON", JSON.stringify([drop])],
  ])("come from a file that holds %s", (_, text) => {
    expect(read("--faults", write(text))?.faults).toEqual([drop]);
  });

  test("and the control port may come from the configuration file, too", () => {
    const file = write("controlPort: 8007\nfaults:\n  - { call: {}, action: { kind: drop } }\n");
    expect(read("--config", file)).toMatchObject({ controlPort: 8007, faults: [drop] });
    expect(read("--config", file, "--control-port", "0")).toMatchObject({ controlPort: 0 });
    expect(read()?.controlPort).toBeUndefined();
  });

  test.each([
    ["- { call: {}, action: { kind: drop, often: 1 } }", "faults[0].action: unknown key 'often'"],
    ["drop: everything", "faults: must be a list of faults"],
    ["- [", "Flow sequence in block collection"],
  ])("are refused with their place: %s", (text, complaint) => {
    const path = write(text);
    let faults: readonly string[] = [];
    try {
      read("--faults", path);
    } catch (error) {
      if (error instanceof InvalidOptions) ({ faults } = error);
    }
    expect(faults).toEqual([expect.stringContaining(`${path}: ${complaint}`)]);
  });

  test("a file that is not there", () => {
    expect(() => read("--faults", join(folder, "none.yaml"))).toThrow(
      /--faults .*none\.yaml: cannot be read/,
    );
  });
});

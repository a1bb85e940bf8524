import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { readAtMost } from "../../../lib/files/read-at-most";
import { writeFile } from "../../../lib/files/write-file";

/** The permissions that files had when they were to be given others. */
const mockModesAtChmod: number[] = [];
jest.mock("node:fs", () => {
  const actual = jest.requireActual<typeof fs>("node:fs");
  return {
    ...actual,
    chmodSync: (file: string, mode: number) => {
      mockModesAtChmod.push(actual.statSync(file).mode & 0o777);
      actual.chmodSync(file, mode);
    },
  };
});

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "files-"));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

test("a file is read whole, up to the limit", () => {
  const file = path.join(folder, "file");
  fs.writeFileSync(file, "x".repeat(600_000));
  expect(readAtMost(file, 1_000_000)).toHaveLength(600_000);
  expect(readAtMost(file, 300_000)).toHaveLength(300_000);
  expect(readAtMost("/dev/zero", 10)).toHaveLength(10);
});

test.each([0o666, 0o664, 0o600])("a file of mode %i keeps it, whatever the umask", (mode) => {
  const file = path.join(folder, "file");
  fs.writeFileSync(file, "before");
  fs.chmodSync(file, mode);
  const umask = process.umask(0o077);
  try {
    writeFile(file, "after");
    writeFile(path.join(folder, "new"), "");
  } finally {
    process.umask(umask);
  }
  const modeOf = (name: string) => fs.statSync(path.join(folder, name)).mode & 0o7777;
  expect({ file: modeOf("file"), new: modeOf("new") }).toEqual({ file: mode, new: 0o600 });
});

test("the draft of a file that few may read is not to be read by more, not for a moment", () => {
  const file = path.join(folder, "file");
  fs.writeFileSync(file, "before", { mode: 0o600 });
  mockModesAtChmod.length = 0;
  const umask = process.umask(0o022);
  try {
    writeFile(file, "after");
  } finally {
    process.umask(umask);
  }
  expect(mockModesAtChmod).toEqual([0o600]);
});

test("a file is replaced in one step, through a link, with its rights, and no draft stays", () => {
  const file = path.join(folder, "file");
  fs.writeFileSync(file, "before", { mode: 0o640 });
  const before = fs.openSync(file, "r");
  fs.symlinkSync("file", path.join(folder, "link"));
  writeFile(path.join(folder, "link"), "after");
  expect(fs.readFileSync(before, "utf8")).toBe("before");
  fs.closeSync(before);
  expect(fs.readFileSync(file, "utf8")).toBe("after");
  expect(fs.statSync(file).mode & 0o777).toBe(0o640);
  expect(fs.readdirSync(folder).sort()).toEqual(["file", "link"]);
  expect(fs.lstatSync(path.join(folder, "link")).isSymbolicLink()).toBe(true);
});

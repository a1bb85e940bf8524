import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

const REGISTER = path.join(__dirname, "..", "..", "scripts", "register-typescript.cjs");

let folder: string;
beforeEach(() => {
  folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "register (typescript) ")));
});
afterEach(() => {
  fs.rmSync(folder, { recursive: true });
});

function run(
  files: Readonly<Record<string, string>>,
  ...options: string[]
): {
  status: number | null;
  stdout: string;
  stderr: string;
} {
  for (const [name, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, name), text);
  const main = path.join(folder, "main.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [...options, "--require", REGISTER, main], {
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

test("TypeScript runs, with what it imports and default imports of modules that have none", () => {
  const { status, stdout, stderr } = run({
    "main.ts":
      'import fs from "node:fs";\nimport { Box } from "./box";\nconsole.log(new Box(typeof fs.statSync).text);\n',
    "box.ts": "export class Box { constructor(readonly text: string) {} }\n",
  });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: "function\n", stderr: "" });
});

test("an error that nobody catches is told with its place in TypeScript, and its cause", () => {
  const fail =
    'interface Options {\n  readonly a: string;\n}\n\nexport function fail(_: Options): never {\n\n\n  throw new Error("outer", { cause: new Error("inner") });\n}\n';
  const { status, stderr } = run({
    "main.ts":
      'type Text = string;\n\nimport { fail } from "./fail";\nconst a: Text = "a";\nsetImmediate(() => {\n  fail({ a });\n});\n',
    "fail.ts": fail,
  });
  expect(status).toBe(1);
  expect(stderr).toContain(`Error: outer\n    at fail (${path.join(folder, "fail.ts")}:8:9)\n`);
  expect(stderr).toContain(`(${path.join(folder, "main.ts")}:6:`);
  expect(stderr).toContain("[cause]: Error: inner");
});

test("a rejection that nobody catches is an error, too", () => {
  const { status, stderr } = run({
    "main.ts":
      'type Late = Promise<void>;\n\nasync function late(): Late {\n  throw new TypeError("late");\n}\nvoid late();\n',
  });
  expect(status).toBe(1);
  expect(stderr).toContain(`TypeError: late\n    at late (${path.join(folder, "main.ts")}:4:9)\n`);
});

test("what is no TypeScript is shown where it stands", () => {
  const { status, stderr } = run({ "main.ts": "const a: = 3;\n" });
  expect(status).toBe(1);
  expect(stderr).toContain("SyntaxError:");
  expect(stderr).toContain(" 1 | const a: = 3;");
  expect(stderr).not.toContain("backtrace");
});

test("an error that is caught and shown has its places in TypeScript with --enable-source-maps", () => {
  const shows =
    'type A = string;\n\ntry {\n  throw new Error("caught");\n} catch (error) {\n  console.log((error as Error).stack);\n}\n';
  const { status, stdout } = run({ "main.ts": shows }, "--enable-source-maps");
  expect(status).toBe(0);
  expect(stdout).toContain(`${path.join(folder, "main.ts")}:4:9`);
});

test("a script that handles what nobody catches is left to it", () => {
  const handles =
    'process.on("uncaughtException", () => console.log("handled"));\nsetImmediate(() => { throw new Error("x"); });\n';
  expect(run({ "main.ts": handles })).toEqual({ status: 0, stdout: "handled\n", stderr: "" });
});

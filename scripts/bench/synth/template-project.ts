import fs from "node:fs";
import path from "node:path";

const MODULES = path.join(__dirname, "..", "..", "..", "node_modules");
const TEMPLATE = path.join(MODULES, "cdktf-cli", "bundle", "templates", "typescript");

/** The files of the template that the app's process reads. */
const FILES = ["main.ts", "tsconfig.json", "cdktf.json", "package.json"];

/**
 * What `cdktf init` installs (`.hooks.sscaff.js` of the template), and the types that come with it. TypeScript loads all
 * types that are there: with those of this project's other tools the template would be slower than it is.
 */
const PACKAGES = [
  ".bin",
  "cdktf",
  "constructs",
  "jest",
  "ts-node",
  "typescript",
  ...[
    "babel__core",
    "babel__generator",
    "babel__template",
    "babel__traverse",
    "istanbul-lib-coverage",
    "istanbul-lib-report",
    "istanbul-reports",
    "jest",
    "node",
    "stack-utils",
    "yargs",
    "yargs-parser",
  ].map((name) => `@types/${name}`),
];

/** Makes the project that `cdktf init --template=typescript --local` makes; answers its `app` command. */
export function makeTemplateProject(folder: string): string {
  for (const file of FILES) {
    const text = fs.readFileSync(path.join(TEMPLATE, file), "utf8");
    fs.writeFileSync(path.join(folder, file), fillIn(text));
  }
  fs.mkdirSync(path.join(folder, "node_modules", "@types"), { recursive: true });
  for (const name of PACKAGES) {
    fs.symlinkSync(path.join(MODULES, name), path.join(folder, "node_modules", name));
  }
  return appCommand(folder);
}

/** The command in a project's cdktf.json that cdktf runs to synthesize. */
export function appCommand(folder: string): string {
  const text = fs.readFileSync(path.join(folder, "cdktf.json"), "utf8");
  return (JSON.parse(text) as { app: string }).app;
}

/** As `cdktf init` does, with the answers that ask for nothing. */
function fillIn(text: string): string {
  const values: Readonly<Record<string, string>> = { $base: "template", sendCrashReports: "false" };
  return text.replaceAll(/\{\{\s*([$\w]+)\s*\}\}/g, (_, key: string) => values[key] ?? "");
}

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { createLogger, logSettings, openLog } from "../../../provider/plugin/json-logger";

function linesAt(level: "error" | "warn" | "info" | "debug"): Record<string, unknown>[] {
  const lines: string[] = [];
  const logger = createLogger(level, (line) => lines.push(line));
  logger.error("e");
  logger.warn("w");
  logger.info("i", { vmid: 401, "@level": "x" });
  logger.debug("d\nsecond line");
  return lines.map((line) => {
    expect(line.indexOf("\n")).toBe(line.length - 1);
    return JSON.parse(line) as Record<string, unknown>;
  });
}

test.each([
  ["error", ["error"]],
  ["warn", ["error", "warn"]],
  ["debug", ["error", "warn", "info", "debug"]],
] as const)("level %s lets through %j", (level, levels) => {
  expect(linesAt(level).map((line) => line["@level"])).toEqual(levels);
});

test("a line has what Terraform's log reader asks for", () => {
  const line = linesAt("info")[2];
  expect(line).toMatchObject({ "@level": "info", "@message": "i", vmid: 401 });
  expect(line?.["@timestamp"]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/);
});

describe("settings", () => {
  const settings = (environment: NodeJS.ProcessEnv) => logSettings(environment, "X_LOG_LEVEL", "X_LOG_PATH");

  test("nothing set: warnings, no remark", () => {
    expect(settings({})).toEqual({ level: "warn", remarks: [] });
  });

  test("a wrong level is remarked on with those allowed", () => {
    const { level, remarks } = settings({ X_LOG_LEVEL: "verbose" });
    expect(level).toBe("warn");
    expect(remarks).toEqual([expect.stringMatching(/X_LOG_LEVEL is "verbose".*error, warn, info, debug/)]);
  });

  test("a level that shows nothing by itself is remarked on with what shows it", () => {
    expect(settings({ X_LOG_LEVEL: "debug" }).remarks).toEqual([
      expect.stringMatching(/X_LOG_PATH.*TF_LOG_PROVIDER=debug/),
    ]);
    expect(settings({ X_LOG_LEVEL: "Debug", TF_LOG_PROVIDER: "debug" })).toEqual({
      level: "debug",
      remarks: [],
    });
    expect(settings({ X_LOG_LEVEL: "info", X_LOG_PATH: "/f" })).toEqual({
      level: "info",
      file: "/f",
      remarks: [],
    });
  });
});

describe("the log file", () => {
  let folder: string;
  let stderr: jest.SpyInstance;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "plugin-test-"));
    stderr = jest.spyOn(process.stderr, "write").mockReturnValue(true);
  });
  afterEach(() => {
    stderr.mockRestore();
    fs.rmSync(folder, { recursive: true });
  });

  test("is appended to, and only its owner can read it", () => {
    const file = path.join(folder, "x.log");
    openLog({ level: "warn", file, remarks: [] }).write("one\n");
    openLog({ level: "warn", file, remarks: [] }).write("two\n");
    expect(fs.readFileSync(file, "utf8")).toBe("one\ntwo\n");
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
    expect(stderr).toHaveBeenCalledTimes(2);
  });

  test("one that cannot be opened is remarked on, and the log goes on", () => {
    const { write, remarks } = openLog({
      level: "warn",
      file: path.join(folder, "no", "x.log"),
      remarks: ["first"],
    });
    expect(remarks).toEqual(["first", expect.stringMatching(/x\.log.*ENOENT.*can be written/)]);
    write("line\n");
    expect(stderr).toHaveBeenCalledWith("line\n");
  });
});

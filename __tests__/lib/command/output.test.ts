import * as fs from "node:fs";
import * as path from "node:path";
import { declared, invalid, reference, run, scratchFolder } from "./command-run";

const folder = scratchFolder();

describe("--output", () => {
  test("writes the file and nothing else, over one that is there", () => {
    const file = path.join(folder(), "topology.json");
    fs.writeFileSync(file, "old", { mode: 0o640 });
    expect(run([reference, "--format", "json", "--output", file])).toEqual({ code: 0, out: "", error: "" });
    expect(fs.readFileSync(file, "utf8")).toBe(run([reference, "--format", "json"]).out);
    expect(fs.statSync(file).mode & 0o777).toBe(0o640);
    expect(fs.readdirSync(folder())).toEqual(["topology.json"]);
  });

  test("follows a link, and leaves it one", () => {
    fs.writeFileSync(path.join(folder(), "target"), "");
    fs.symlinkSync("target", path.join(folder(), "link"));
    expect(run([reference, "--output", path.join(folder(), "link")]).code).toBe(0);
    expect(fs.lstatSync(path.join(folder(), "link")).isSymbolicLink()).toBe(true);
    expect(fs.readFileSync(path.join(folder(), "target"), "utf8")).toBe(run([reference]).out);
  });

  test("leaves a device in its place", () => {
    expect(run([reference, "--output", "/dev/null"]).code).toBe(0);
    expect(fs.statSync("/dev/null").isCharacterDevice()).toBe(true);
  });

  test("leaves the old file where the topology has faults", () => {
    const file = path.join(folder(), "kept.txt");
    fs.writeFileSync(file, "old");
    expect(run([`${invalid}.yaml`, "--output", file]).code).toBe(1);
    expect(fs.readFileSync(file, "utf8")).toBe("old");
  });

  describe("refuses to write over what it reads:", () => {
    const [top, base, other, linked] = ["top.yaml", "base.yaml", "other.yaml", "linked.yaml"];
    beforeEach(() => {
      fs.writeFileSync(path.join(folder(), base), declared);
      fs.writeFileSync(path.join(folder(), top), `extends: ${base}\n`);
      fs.writeFileSync(path.join(folder(), other), `extends: ${base}\n`);
      fs.writeFileSync(path.join(folder(), "alone.yaml"), declared);
      fs.writeFileSync(path.join(folder(), "new.tfstate"), "");
      fs.symlinkSync(top, path.join(folder(), linked));
      fs.symlinkSync(".", path.join(folder(), "here"));
    });

    test.each([
      ["the topology", [top], top],
      ["the topology by another path", [top], `here/../here/${top}`],
      ["the topology by a link", [linked], top],
      ["a link to the topology", [top], linked],
      ["a file that it extends", [top], base],
      ["its placement record, even where there is none yet", [top], "here/top.lock.json"],
      ["the topology that it is compared with", [top, "--diff", other], other],
      ["what that one extends", ["alone.yaml", "--diff", other], base],
      ["the placement record of that one", [top, "--diff", other], "other.lock.json"],
      ["the state that it is compared with", [top, "--diff", "new.tfstate"], "new.tfstate"],
    ])("%s", (_what, [file = "", ...flags], output) => {
      const before = contents();
      const target = path.join(folder(), output);
      const named = flags.map((flag) => (flag.startsWith("--") ? flag : path.join(folder(), flag)));
      expect(run([path.join(folder(), file), ...named, "--output", target])).toEqual({
        code: 2,
        out: "",
        error: expect.stringContaining(
          `--output ${target}: what is printed is read from this file, and would take its place; name another file\n`,
        ) as string,
      });
      expect(contents()).toEqual(before);
    });

    test("anything else may be written over", () => {
      const output = path.join(folder(), other);
      expect(run([path.join(folder(), top), "--output", output])).toEqual({ code: 0, out: "", error: "" });
    });

    function contents(): Record<string, string> {
      const names = fs.readdirSync(folder()).filter((name) => name !== "here");
      return Object.fromEntries(
        names.map((name) => [name, fs.readFileSync(path.join(folder(), name), "utf8")]),
      );
    }
  });

  test("says where it cannot write", () => {
    const file = path.join(folder(), "none", "topology.json");
    expect(run([reference, "--output", file])).toEqual({
      code: 1,
      out: "",
      error: `${file}: cannot be written (ENOENT); name another file with --output\n`,
    });
    const long = path.join(folder(), "x".repeat(300));
    expect(run([reference, "--output", long])).toMatchObject({
      code: 1,
      error: `${long}: cannot be written (ENAMETOOLONG); name another file with --output\n`,
    });
  });
});

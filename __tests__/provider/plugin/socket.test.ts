import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { makeSocketPlace } from "../../../provider/plugin/socket";

test("a socket has a folder of its own, for this user alone, that goes with it", () => {
  const place = makeSocketPlace();
  const folder = path.dirname(place.path);
  expect(path.dirname(folder)).toBe(os.tmpdir());
  expect(fs.statSync(folder).mode & 0o777).toBe(0o700);
  place.remove();
  expect(fs.existsSync(folder)).toBe(false);
});

test("below a temporary folder with a long name it falls back to /tmp", () => {
  const long = fs.mkdtempSync(path.join(os.tmpdir(), `${"long".repeat(25)}-`));
  const place = makeSocketPlace(long);
  expect(place.path.startsWith("/tmp/")).toBe(true);
  place.remove();
  fs.rmSync(long, { recursive: true });
});

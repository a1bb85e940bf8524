import fc from "fast-check";
import { jsonSlip } from "../../../../lib/topology/source/json-slip";

test.each([
  ['{"a": 1,}', 7, "a comma after the last entry"],
  ["[1, 2,\n]", 5, "a comma after the last entry"],
  ['{"a": 1 // one\n}', 8, "a comment"],
  ['# yaml\n{"a": 1}', 0, "a comment"],
  ["{'a': 1}", 1, "single quotes"],
  ["{a: 1}", 1, '"a" where a key or } was expected'],
  ['{"a" 1}', 5, '"1" where a colon was expected'],
  ['{"a": 1 "b": 2}', 8, "a text where a comma or the closing bracket was expected"],
  ['{"a": True}', 6, '"True" where a value was expected'],
  ['{"a": 010}', 6, '"010" where a value was expected'],
  ['{"a": 1}}', 8, '"}" where the end of the file was expected'],
  ['{"a": [1}', 8, '"}" where a comma or the closing bracket was expected'],
  ['{"a": ,}', 6, '"," where a value was expected'],
  ['{"a": "b\n"}', 6, "a text that does not end well"],
  ['{"a": "\\x"}', 6, "a text that does not end well"],
  ['{"a": {', 7, "it ends where a key or } was expected"],
  ["", 0, "it ends where a value was expected"],
  ["proxmox:\n  nodes: [pve1]", 0, '"proxmox" where a value was expected'],
])("%j", (text, offset, problem) => {
  expect(jsonSlip(text)).toEqual({ offset, problem, fix: expect.any(String) as unknown });
});

test("JSON has none", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.integer({ min: 0, max: 3 }), (value, indent) => {
      expect(jsonSlip(JSON.stringify(value, undefined, indent))).toBeUndefined();
    }),
  );
});

test("what JSON.parse refuses has one, and the text before it could be JSON still", () => {
  const broken = fc.tuple(
    fc.json(),
    fc.nat(),
    fc.constantFrom("", ",", "}", "]", '"', ":", "x", "'", "#", "\u0001", "é"),
  );
  fc.assert(
    fc.property(broken, ([json, position, insert]) => {
      const at = position % (json.length + 1);
      const text = json.slice(0, at) + insert + json.slice(at + (insert === "" ? 1 : 0));
      const good = ((): boolean => {
        try {
          JSON.parse(text);
          return true;
        } catch {
          return false;
        }
      })();
      expect(jsonSlip(text) === undefined).toBe(good);
    }),
    { numRuns: 1000 },
  );
});

import fc from "fast-check";
import {
  isPropertyBoolean,
  parsePropertyBoolean,
  parsePropertyString,
  printPropertyString,
} from "../../../provider/proxmox/property-string";

const KEY = fc.stringMatching(/^[a-z][a-z0-9_-]{0,8}$/);
const VALUE = fc.stringMatching(/^[^,\s][^,]{0,12}$/);

test("what is printed is parsed to the same, with the default key's value bare or not", () => {
  fc.assert(
    fc.property(fc.uniqueArray(KEY, { maxLength: 6 }), fc.infiniteStream(VALUE), (keys, values) => {
      const properties = new Map(keys.map((key) => [key, values.next().value as string]));
      expect(parsePropertyString(printPropertyString(properties))).toEqual(properties);
      const [first] = keys;
      const bare = first === undefined || !(properties.get(first) ?? "").includes("=") ? first : undefined;
      expect(parsePropertyString(printPropertyString(properties, bare), bare)).toEqual(properties);
    }),
  );
});

test.each([
  ["a=1,b", '"b" has no key'],
  ["=1", '"=1" has no key'],
  ["a=", '"a" has no value'],
  ["a=1,a=2", '"a" is given twice'],
])("%s is refused", (text, message) => {
  expect(() => parsePropertyString(text)).toThrow(message);
});

test("parts that are blank are none", () => {
  expect(parsePropertyString(" ,a=1,, ")).toEqual(new Map([["a", "1"]]));
});

test("truth values are those of Proxmox", () => {
  for (const text of ["1", "on", "Yes", "TRUE"]) expect(parsePropertyBoolean(text)).toBe(true);
  for (const text of ["0", "off", "no", "false"]) expect(parsePropertyBoolean(text)).toBe(false);
  expect(["1", "off", "2", "maybe", ""].map(isPropertyBoolean)).toEqual([true, true, false, false, false]);
});

import fc from "fast-check";
import { parseExactNumber } from "../../../provider/plugin/number-text";

test.each([
  ["0", 0],
  ["0.1", 0.1],
  ["-0.25", -0.25],
  ["12.50", 12.5],
  ["1e3", 1000],
  ["1.5E-7", 1.5e-7],
  [".5", 0.5],
  ["000.0010", 0.001],
])("%s is held exactly", (text, number) => {
  expect(parseExactNumber(text)).toBe(number);
});

test.each([
  "0.1000000000000000055",
  "9007199254740993",
  "1e400",
  "",
  ".",
  "abc",
  "1.2.3",
  "0x10",
  "Infinity",
])("%s is refused", (text) => {
  expect(parseExactNumber(text)).toBeUndefined();
});

test("every double is its own text", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (number) => {
      expect(parseExactNumber(String(number))).toBe(number === 0 ? 0 : number);
    }),
  );
});

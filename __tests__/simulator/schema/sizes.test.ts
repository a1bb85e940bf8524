import { parseSize, printSize } from "../../../simulator/schema/sizes";

test.each([
  ["20G", 20 * 1024 ** 3],
  ["2252M", 2252 * 1024 ** 2],
  ["1.5G", 1.5 * 1024 ** 3],
  ["20", 20],
  ["0", 0],
])("%s is %d bytes", (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});

test.each(["", "G", "-1G", "3GB", "1X", "+1G"])("%p is no size", (text) => {
  expect(parseSize(text)).toBeUndefined();
});

test.each([
  [20 * 1024 ** 3, "20G"],
  [2252 * 1024 ** 2, "2252M"],
  [1.5 * 1024 ** 3, "1536M"],
  [1024 ** 4, "1T"],
  [1025, "1025"],
])("%d bytes are printed as %s", (bytes, text) => {
  expect(printSize(bytes)).toBe(text);
});

import { didYouMean } from "../../../lib/topology/did-you-mean";

test.each([
  ["membrs", "members"],
  ["Members", "members"],
  ["vlanID", "vlanId"],
  ["memoryMB", "memoryMiB"],
  ["storge", "storage"],
])("%s was meant to be %s", (typed, meant) => {
  expect(didYouMean(typed, ["members", "memoryMiB", "storage", "vlanId"])).toBe(meant);
});

test.each(["x", "notes", "completely-different-words"])("%s is near to nothing", (typed) => {
  expect(didYouMean(typed, ["members", "memoryMiB", "storage", "vlanId"])).toBeUndefined();
});

test.each([
  ["memory", "memoryMiB"],
  ["VLAN", "vlanId"],
])("%s begins %s", (typed, meant) => {
  expect(didYouMean(typed, ["members", "memoryMiB", "storage", "vlanId"])).toBe(meant);
});

test("what begins with a letter or two is told by chance alone", () => {
  expect(didYouMean("st", ["storage"])).toBeUndefined();
});

test("two letters that changed places are one slip", () => {
  expect(didYouMean("cuont", ["count", "cpu"])).toBe("count");
});

test("the nearest of several is told", () => {
  expect(didYouMean("web-2", ["web-10", "web-21", "api-2"])).toBe("web-21");
});

test("of two that are equally near, the first is told", () => {
  expect(didYouMean("web-2", ["web-1", "web-3"])).toBe("web-1");
});

test("one edit in every three characters is near, one more is not", () => {
  expect(didYouMean("abcxyx", ["abcdex"])).toBe("abcdex");
  expect(didYouMean("abcxyz", ["abcdef"])).toBeUndefined();
});

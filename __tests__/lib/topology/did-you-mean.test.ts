import { didYouMean, nearest } from "../../../lib/topology/did-you-mean";

test.each([
  ["membrs", "members"],
  ["Members", "members"],
  ["vlanID", "vlanId"],
  ["memoryMB", "memoryMiB"],
  ["storge", "storage"],
])("%s was meant to be %s", (typed, meant) => {
  expect(nearest(typed, ["members", "memoryMiB", "storage", "vlanId"])).toEqual([meant]);
});

test.each(["x", "notes", "completely-different-words"])("%s is near to nothing", (typed) => {
  expect(didYouMean(typed, ["members", "memoryMiB", "storage", "vlanId"])).toBeUndefined();
});

test.each([
  ["memory", "memoryMiB"],
  ["VLAN", "vlanId"],
])("%s begins %s", (typed, meant) => {
  expect(nearest(typed, ["members", "memoryMiB", "storage", "vlanId"])).toEqual([meant]);
});

test("what begins with a letter or two is told by chance alone", () => {
  expect(didYouMean("st", ["storage"])).toBeUndefined();
});

test("two letters that changed places are one slip", () => {
  expect(nearest("cuont", ["count", "cpu"])).toEqual(["count"]);
});

test("the nearest of several is told", () => {
  expect(didYouMean("web-2", ["web-10", "web-21", "api-2"])).toBe("did you mean web-21?");
});

test("all that are equally near are told, up to three: of more none is likelier", () => {
  expect(didYouMean("web-2", ["web-1", "web-3"])).toBe("did you mean web-1 or web-3?");
  expect(didYouMean("pve4", ["pve1", "pve2", "pve3"])).toBe("did you mean pve1, pve2 or pve3?");
  expect(didYouMean("pve5", ["pve1", "pve2", "pve3", "pve4"])).toBeUndefined();
});

test("one edit in every three characters is near, one more is not", () => {
  expect(nearest("abcxyx", ["abcdex"])).toEqual(["abcdex"]);
  expect(nearest("abcxyz", ["abcdef"])).toEqual([]);
});

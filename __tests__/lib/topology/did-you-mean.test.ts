import { adviserOn, didYouMean, nearest } from "../../../lib/topology/did-you-mean";

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

test("texts that are longer than any name are near to nothing", () => {
  const near = (length: number): number =>
    nearest("b".repeat(length), [`a${"b".repeat(length)}`, "b".repeat(length)]).length;
  expect([near(128), near(129), near(1_000_000)]).toEqual([1, 0, 0]);
});

describe("advice on many texts", () => {
  const names = Array.from({ length: 300 }, (_, index) => `cluster-${String(index).padStart(5, "a")}`);

  test("is told again for each that is the same, and for the first 200 that differ", () => {
    const advise = adviserOn(names);
    const advised = names.filter((name) => advise(`${name}x`) !== undefined);
    expect(advised).toEqual(names.slice(0, 200));
    expect(advise(`${names[7]}x`)).toBe(`did you mean ${names[7]}?`);
  });

  test("is about others than the one that cannot be meant", () => {
    const advise = adviserOn(["web-1", "web-22", "db"]);
    expect(advise("web-2")).toBe("did you mean web-1 or web-22?");
    expect(advise("web-2", "web-1")).toBe("did you mean web-22?");
    expect(advise("dbx", "db")).toBeUndefined();
    expect(advise("dbx")).toBe("did you mean db?");
  });
});

import { readSource } from "../../../../lib/topology/source/yaml-source";

/** The lines on which keys are told to be given a second time, and how many there are in all. */
function linesOf(text: string, notation: "YAML" | "JSON" = "YAML"): (number | undefined)[] {
  return readSource(text, notation).faults.map(({ position }) => position?.line);
}

test("thousands of keys that are given twice are told each", () => {
  const same = Array.from({ length: 5000 }, () => "k: 1\n").join("");
  expect(linesOf(same)).toEqual(Array.from({ length: 4999 }, (_, index) => index + 2));
});

test("a key is not compared with all before it", () => {
  const different = Array.from({ length: 5000 }, (_, index) => `k${index}: 1\n`).join("");
  let compared = 0;
  const some = jest.spyOn(Array.prototype, "some").mockImplementation(function (this: unknown[], test) {
    compared += this.length;
    for (let index = 0; index < this.length; index++) if (test(this[index], index, this)) return true;
    return false;
  });
  try {
    expect(linesOf(different)).toEqual([]);
  } finally {
    some.mockRestore();
  }
  expect(compared).toBeLessThan(100_000);
});

test("keys are alike by what they stand for, in each mapping by itself", () => {
  expect(linesOf("a: 1\n\"a\": 2\nb: { a: 1, 'a': 2 }\nc:\n  a: 1\n")).toEqual([2, 3]);
  expect(linesOf("1: 1\n'1': 2\n? [x]\n: 3\n? [x]\n: 4\n")).toEqual([]);
  expect(linesOf('{\n"a": 1,\n"b": { "a": 2,\n"a": 3 } }', "JSON")).toEqual([4]);
});

test("a merge key can be given several times", () => {
  expect(linesOf("a: &a { x: 1 }\nb:\n  <<: *a\n  <<: *a\n")).toEqual([]);
});

test("what comes before a slip of syntax is told beside it, what comes after is not", () => {
  expect(linesOf("a: 1\na: 2\nb: [1\nc: 1\nc: 1\n").slice(0, 1)).toEqual([2]);
});

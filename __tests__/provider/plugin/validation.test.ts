import type { Block } from "../../../provider/plugin/schema";
import { UNKNOWN } from "../../../provider/plugin/value";
import { validateBlock } from "../../../provider/plugin/validation";

const even = (value: unknown): string[] =>
  Number(value) % 2 === 0 ? [] : [`${String(value)} is odd.`, "Take its double."];
const INNER: Block = {
  description: "",
  attributes: { n: { type: "number", description: "", optional: true, validate: even } },
};
const BLOCK: Block = {
  ...INNER,
  attributes: {
    ...INNER.attributes,
    list: { type: { list: "number" }, description: "", optional: true, validate: () => ["never good"] },
  },
  blocks: { one: { nesting: "single", block: INNER }, many: { nesting: "list", block: INNER } },
};

test("all faults at once, each with the path of its attribute", () => {
  const config = { n: 1, list: null, one: { n: 3 }, many: [{ n: 2 }, { n: 5 }] };
  const found = validateBlock(BLOCK, config).map(({ attribute, detail }) => [attribute, detail]);
  expect(found).toEqual([
    [["n"], "1 is odd."],
    [["n"], "Take its double."],
    [["one", "n"], "3 is odd."],
    [["one", "n"], "Take its double."],
    [["many", 1, "n"], "5 is odd."],
    [["many", 1, "n"], "Take its double."],
  ]);
});

test("what is not set or not wholly known is not checked", () => {
  expect(validateBlock(BLOCK, { n: UNKNOWN, list: [1, UNKNOWN], one: UNKNOWN, many: UNKNOWN })).toEqual([]);
  expect(validateBlock(BLOCK, { n: null, list: null, one: null, many: [] })).toEqual([]);
});

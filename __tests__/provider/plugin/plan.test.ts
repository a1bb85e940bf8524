import { planBlock } from "../../../provider/plugin/plan";
import { replacementPaths } from "../../../provider/plugin/replacement";
import type { Attribute, Block } from "../../../provider/plugin/schema";
import { emptyObject } from "../../../provider/plugin/schema";
import type { ObjectValue, Path, Value } from "../../../provider/plugin/value";
import { UNKNOWN } from "../../../provider/plugin/value";

const text = { type: "string", description: "" } as const;
const BLOCK: Block = {
  description: "",
  attributes: {
    id: { ...text, computed: true },
    name: { ...text, required: true, requiresReplace: true },
    label: {
      ...text,
      optional: true,
      computed: true,
      equivalent: (prior, configured) =>
        (prior as string).toLowerCase() === (configured as string).toLowerCase(),
    },
    size: { type: "number", description: "", default: 1 },
    host: {
      ...text,
      default: "A",
      requiresReplace: true,
      equivalent: (a, b) => a === (b as string).trim(),
    },
    note: { ...text, optional: true },
    tags: { type: { set: "string" }, description: "", optional: true },
  },
  blocks: {
    timeouts: {
      nesting: "single",
      block: { description: "", attributes: { create: { ...text, optional: true } } },
    },
    disk: {
      nesting: "list",
      block: {
        description: "",
        attributes: {
          store: { ...text, required: true, requiresReplace: true },
          file: { ...text, computed: true },
        },
      },
    },
    port: {
      nesting: "set",
      block: {
        description: "",
        attributes: { number: { type: "number", description: "" }, mac: { ...text, computed: true } },
      },
    },
  },
};

function config(values: ObjectValue): ObjectValue {
  return { ...emptyObject(BLOCK), name: "n", ...values };
}

/** A resource as it stands after a create with nothing but a name. */
const PRIOR: ObjectValue = config({ id: "1", label: "none", size: 1, host: "A" });

test("create: the configuration, defaults, and unknown for what the provider computes", () => {
  expect(planBlock(BLOCK, null, config({ note: "hi" }))).toEqual(
    config({ id: UNKNOWN, label: UNKNOWN, size: 1, host: "A", note: "hi" }),
  );
});

test("update: nothing configured anew leaves the prior values, to the letter", () => {
  const prior = config({
    ...PRIOR,
    label: "Web",
    tags: ["a", "b"],
    timeouts: { create: "5m" },
    disk: [{ store: "s", file: "f1" }],
    port: [
      { number: 1, mac: "m1" },
      { number: 2, mac: "m2" },
    ],
  });
  const same = config({
    label: "WEB",
    host: " A ",
    tags: ["b", "a"],
    timeouts: { create: "5m" },
    disk: [{ store: "s", file: null }],
    port: [
      { number: 2, mac: null },
      { number: 1, mac: null },
    ],
  });
  const planned = planBlock(BLOCK, prior, same);
  expect({ ...planned, port: null }).toEqual({ ...prior, port: null });
  expect(planned.port).toEqual(expect.arrayContaining(prior.port as Value[]));
  expect(replacementPaths(BLOCK, prior, planned)).toEqual([]);
});

test.each<[string, ObjectValue, ObjectValue]>([
  ["a value that is set", { note: "new" }, { note: "new" }],
  ["a default that is overridden", { size: 2 }, { size: 2 }],
  ["a computed value that is set", { label: "x" }, { label: "x" }],
  ["an unknown value", { label: UNKNOWN }, { label: UNKNOWN }],
  ["a collection with an unknown part", { tags: ["a", UNKNOWN] }, { tags: ["a", UNKNOWN] }],
  ["a block that is added", { timeouts: { create: "1m" } }, { timeouts: { create: "1m" } }],
  [
    "a list block that is added",
    { disk: [{ store: "s", file: null }] },
    { disk: [{ store: "s", file: UNKNOWN }] },
  ],
  ["blocks of unknown number", { disk: UNKNOWN }, { disk: UNKNOWN }],
])("update: %s", (_what, configured, expected) => {
  expect(planBlock(BLOCK, PRIOR, config(configured))).toEqual({ ...PRIOR, ...expected });
});

test("update: a value that is left out again goes, or falls back to its default or to what is there", () => {
  const prior = { ...PRIOR, note: "old", size: 5, label: "kept", timeouts: { create: "1m" } };
  expect(planBlock(BLOCK, prior, config({}))).toEqual({ ...PRIOR, label: "kept" });
});

describe("replacement", () => {
  test.each<[string, ObjectValue, ObjectValue, Path[]]>([
    ["a changed value", {}, { name: "other" }, [["name"]]],
    ["a value not known yet", {}, { name: UNKNOWN }, [["name"]]],
    ["a default that no longer holds", { host: "B" }, {}, [["host"]]],
    ["not for a value that was not known to state", { host: null }, { host: "B" }, []],
    ["not for other values", {}, { note: "x", size: 9 }, []],
    [
      "a value in a block",
      { disk: [{ store: "s", file: "f" }] },
      { disk: [{ store: "t", file: null }] },
      [["disk", 0, "store"]],
    ],
    ["a block that goes", { disk: [{ store: "s", file: "f" }] }, { disk: [] }, [["disk"]]],
    ["not for a block that comes", {}, { disk: [{ store: "s", file: null }] }, []],
    ["not for blocks without such values", { timeouts: { create: "1m" } }, { timeouts: null }, []],
  ])("%s", (_what, before, configured, paths) => {
    const prior = { ...PRIOR, ...before };
    expect(replacementPaths(BLOCK, prior, planBlock(BLOCK, prior, config(configured)))).toEqual(paths);
  });

  test("the whole set is the reason where one of its blocks must be made anew", () => {
    const element: Attribute = { ...text, required: true, requiresReplace: true };
    const block: Block = {
      description: "",
      attributes: {},
      blocks: { rule: { nesting: "set", block: { description: "", attributes: { a: element } } } },
    };
    const prior = { rule: [{ a: "1" }, { a: "2" }] };
    expect(replacementPaths(block, prior, { rule: [{ a: "2" }, { a: "1" }] })).toEqual([]);
    expect(replacementPaths(block, prior, { rule: [{ a: "1" }, { a: "3" }] })).toEqual([["rule"]]);
  });
});

import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import Ajv from "ajv";
import { z } from "zod";
import { loadTopology } from "../../lib/topology";
import { topologyFileSchema } from "../../lib/topology/schema/topology";
import { readSource } from "../../lib/topology/source/yaml-source";
import { withParts } from "../../scripts/docs/page-parts";
import { configurationParts } from "../../scripts/topology-docs/configuration-parts";
import { InputTypes } from "../../scripts/topology-docs/input-types";
import { topologyJsonSchema } from "../../scripts/topology-docs/json-schema";
import { keyDocs, unwrapped } from "../../scripts/topology-docs/key-docs";
import type { KeyDoc } from "../../scripts/topology-docs/key-docs";

const ROOT = path.join(__dirname, "..", "..");
const PAGE = fs.readFileSync(path.join(ROOT, "docs", "CONFIGURATION.md"), "utf8");
const SCHEMA = JSON.parse(fs.readFileSync(path.join(ROOT, "topology.schema.json"), "utf8")) as object;
const FIXTURES = path.join(ROOT, "__tests__", "fixtures", "topology");

const validate = new Ajv().compile(SCHEMA);
const accepts = (value: unknown): boolean => validate(value) === true;

/** What a file holds; undefined where it is no YAML that can be read. */
function valueIn(file: string): unknown {
  return readSource(fs.readFileSync(file, "utf8"), "YAML").value;
}

function examplesOfPage(): { name: string; text: string }[] {
  return [...PAGE.matchAll(/```yaml\n# (\S+\.yaml)\n([^]*?)```/g)].map(([, name = "", text = ""]) => ({
    name,
    text,
  }));
}

test("topology.schema.json and docs/CONFIGURATION.md are what the schema says; if not, run npm run docs", () => {
  expect(topologyJsonSchema()).toEqual(SCHEMA);
  expect(withParts(PAGE, configurationParts(), "the schema")).toBe(PAGE);
});

describe("every key", () => {
  const types = new InputTypes();
  const docs = keyDocs(topologyFileSchema, types.named("TopologyFileInput"), types);
  const told: { path: string; doc: KeyDoc; schema: z.core.$ZodType }[] = [];
  const collect = (schema: z.core.$ZodType, keys: readonly KeyDoc[], at: string): void => {
    const object = unwrapped(schema);
    if (object instanceof z.ZodUnion) for (const option of object.options) collect(option, keys, at);
    if (object instanceof z.ZodRecord) collect(object.valueType, keys, at);
    if (!(object instanceof z.ZodObject)) return;
    for (const doc of keys) {
      const value = object.shape[doc.key] as z.core.$ZodType;
      told.push({ path: `${at}${doc.key}`, doc, schema: value });
      collect(value, doc.keys ?? doc.entryKeys ?? [], `${at}${doc.key}.`);
    }
  };
  collect(topologyFileSchema, docs, "");

  test("is described, in a sentence", () => {
    expect(told.length).toBeGreaterThan(150);
    expect(told.filter(({ doc }) => !/^["A-Z].*\.$/.test(doc.meaning)).map(({ path: at }) => at)).toEqual([]);
  });

  test("that may be left out says what holds then", () => {
    expect(told.filter(({ doc }) => !doc.required && !doc.fallback).map(({ path: at }) => at)).toEqual([]);
  });

  test("that holds no keys of its own has an example, which is good", () => {
    const leaves = told.filter(({ doc }) => !doc.keys && !doc.entryKeys);
    expect(leaves.filter(({ doc }) => doc.example === undefined).map(({ path: at }) => at)).toEqual([]);
    const withExample = told.filter(({ doc }) => doc.example !== undefined);
    const bad = withExample.filter(({ doc, schema }) => !z.safeParse(schema, doc.example).success);
    expect(bad.map(({ path: at }) => at)).toEqual([]);
  });

  test("has a default that is good", () => {
    const bad = told.filter(
      ({ doc: { fallback }, schema }) =>
        fallback && "value" in fallback && !z.safeParse(schema, fallback.value).success,
    );
    expect(bad.map(({ path: at }) => at)).toEqual([]);
  });
});

describe("topology.schema.json", () => {
  const valid = fs
    .readdirSync(path.join(FIXTURES, "valid"))
    .map((file) => path.join(FIXTURES, "valid", file));
  const examples = fs
    .readdirSync(path.join(ROOT, "examples"))
    .map((file) => path.join(ROOT, "examples", file));
  const yaml = [...examples, ...valid].filter((file) => file.endsWith(".yaml"));
  const files = [path.join(ROOT, "topology.yaml"), ...yaml];

  test.each(files.map((file) => [path.basename(file), file]))("accepts %s", (_, file) => {
    accepts(valueIn(file));
    expect(validate.errors ?? []).toEqual([]);
  });

  test("accepts the examples of the page", () => {
    for (const { name, text } of examplesOfPage()) {
      accepts(readSource(text, "YAML").value);
      expect([name, validate.errors ?? []]).toEqual([name, []]);
    }
  });

  test.each([
    "bridge-name",
    "cluster-name-underscore",
    "cores-zero",
    "memory-in-gib",
    "missing-key",
    "missing-section",
    "no-clusters",
    "number-as-text",
    "override-flat-key",
    "override-unknown-key",
    "role",
    "section-not-a-mapping",
    "unknown-key",
    "unknown-section",
    "vlan-id-bounds",
  ])("refuses what %s is about", (name) => {
    expect(accepts(valueIn(path.join(FIXTURES, "invalid", `${name}.yaml`)))).toBe(false);
  });

  test("refuses a wrong key in every mapping that has keys of its own", () => {
    const example = examplesOfPage().find(({ name }) => name === "pools.yaml");
    const whole = JSON.stringify(readSource(example?.text ?? "", "YAML").value);
    // Mappings from names take any name: there the value of a new one is wrong, and not its key.
    const spoilt = [...whole.matchAll(/\{/g)].map(
      ({ index }) => `${whole.slice(0, index + 1)}"wrong_key":"x",${whole.slice(index + 1)}`,
    );
    expect(spoilt.length).toBeGreaterThan(20);
    const accepted = spoilt.filter((text) => accepts(JSON.parse(text.replace(/,\}/g, "}"))));
    expect(accepted.map((text) => /.{0,20}\{"wrong_key":"x"/.exec(text)?.[0])).toEqual([
      expect.stringContaining('"labels":{'),
    ]);
  });

  test("asks for nothing in a file that extends another, and lets it take out entries", () => {
    const part = { network: { vlanId: null }, clusters: { web: { pools: { a: { count: 3 } } }, db: null } };
    expect(accepts({ extends: "base.yaml", ...part })).toBe(true);
    expect(accepts({ extends: [], ...part })).toBe(true);
    expect(accepts(part)).toBe(false);
    expect(accepts({ extends: "base.yaml", clusters: { web: { cuont: 3 } } })).toBe(false);
  });
});

test("the examples of docs/CONFIGURATION.md load", () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "configuration-"));
  try {
    const examples = examplesOfPage();
    for (const { name, text } of examples) fs.writeFileSync(path.join(folder, name), text);
    expect(examples.map(({ name }) => name)).toEqual([
      "short.yaml",
      "pools.yaml",
      "base.yaml",
      "production.yaml",
    ]);
    const [, pools, , production] = examples.map(({ name }) => loadTopology(path.join(folder, name)));
    expect(pools?.clusters[0]?.vms.map(({ name }) => name)).toEqual([
      "web-servers-1",
      "web-servers-2",
      "web-servers-3",
      "web-large-1",
      "web-large-3",
      "web-large-4",
    ]);
    expect(
      production?.clusters.map(({ name, vms }) => [name, vms.length, vms[0]?.interfaces[0]?.vlanId]),
    ).toEqual([["web", 3, 30]]);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

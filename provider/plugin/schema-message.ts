import type { Attribute, AttributeType, Block, Field, NestedBlock, Schema } from "./schema";

const NESTING: Readonly<Record<NestedBlock["nesting"], number>> = { single: 1, list: 2, set: 3 };
const NESTED_LIST = 2;
const MARKDOWN = 1;

/** A type as Terraform spells it in JSON: `"string"`, `["list","string"]`, `["object",{…}]`. */
function typeJson(type: AttributeType): unknown {
  if (typeof type === "string") return type;
  if ("list" in type) return ["list", typeJson(type.list)];
  if ("set" in type) return ["set", typeJson(type.set)];
  if ("map" in type) return ["map", typeJson(type.map)];
  const attributes = Object.entries(type.object).map(([name, inner]) => [name, typeJson(inner)]);
  return ["object", Object.fromEntries(attributes)];
}

function typeBytes(type: AttributeType): Buffer {
  return Buffer.from(JSON.stringify(typeJson(type)));
}

/** A type for the protocol: as one value, or attribute by attribute where each has a description. */
function attributeType({ type, fields }: Attribute): object {
  return fields
    ? { nested_type: { attributes: Object.entries(fields).map(fieldMessage), nesting: NESTED_LIST } }
    : { type: typeBytes(type) };
}

function fieldMessage([name, { type, description }]: [string, Field]): object {
  return { name, type: typeBytes(type), description, description_kind: MARKDOWN, computed: true };
}

function blockMessage(block: Block): object {
  return {
    description: block.description,
    description_kind: MARKDOWN,
    attributes: Object.entries(block.attributes).map(([name, attribute]) => {
      const hasDefault = attribute.default !== undefined;
      return {
        name,
        ...attributeType(attribute),
        description: attribute.description,
        description_kind: MARKDOWN,
        required: attribute.required ?? false,
        optional: (attribute.optional ?? false) || hasDefault,
        computed: (attribute.computed ?? false) || hasDefault,
        sensitive: attribute.sensitive ?? false,
      };
    }),
    block_types: Object.entries(block.blocks ?? {}).map(([name, nested]) => ({
      type_name: name,
      nesting: NESTING[nested.nesting],
      block: blockMessage(nested.block),
    })),
  };
}

/** A schema as the protocol's message of that name. */
export function schemaMessage(schema: Schema): object {
  return { version: schema.version ?? 0, block: blockMessage(schema.block) };
}

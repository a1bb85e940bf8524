import type { AttributeType, Block, NestedBlock, Schema } from "./schema";

const NESTING: Readonly<Record<NestedBlock["nesting"], number>> = { single: 1, list: 2, set: 3 };
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

function blockMessage(block: Block): object {
  return {
    description: block.description,
    description_kind: MARKDOWN,
    attributes: Object.entries(block.attributes).map(([name, attribute]) => {
      const hasDefault = attribute.default !== undefined;
      return {
        name,
        type: Buffer.from(JSON.stringify(typeJson(attribute.type))),
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

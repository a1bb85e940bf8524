import type { Attribute, AttributeType, Block, Field, NestedBlock } from "../../provider/plugin/schema";

/** A type as Terraform's users name it. */
function typeText(type: AttributeType): string {
  if (typeof type === "string") return type;
  if ("list" in type) return `list of ${typeText(type.list)}`;
  if ("set" in type) return `set of ${typeText(type.set)}`;
  if ("map" in type) return `map of ${typeText(type.map)}`;
  return "object";
}

/** What may be done with an attribute, and what doing it means. */
function traits(attribute: Attribute): string[] {
  const { default: fallback } = attribute;
  const mayBeSet = (attribute.optional ?? false) || fallback !== undefined;
  return [
    ...(attribute.required ? ["required"] : []),
    ...(mayBeSet ? ["optional"] : []),
    ...(attribute.computed ? ["computed"] : []),
    ...(fallback === undefined ? [] : [`default \`${JSON.stringify(fallback)}\``]),
    ...(attribute.sensitive ? ["sensitive"] : []),
    ...(attribute.requiresReplace ? ["**forces replacement**"] : []),
  ];
}

function attributeLines(name: string, attribute: Attribute): string[] {
  const { type, description, fields = {}, validate } = attribute;
  const allowed = validate?.allowed === undefined ? "" : ` Allowed: ${validate.allowed}.`;
  return [
    `- \`${name}\` (${[typeText(type), ...traits(attribute)].join(", ")}): ${description}${allowed}`,
    ...Object.entries(fields).map(([field, told]) => indented(fieldLine(field, told))),
  ];
}

function fieldLine(name: string, { type, description }: Field): string {
  return `- \`${name}\` (${typeText(type)}): ${description}`;
}

function nestedBlockLines(name: string, { block }: NestedBlock): string[] {
  return [`- \`${name}\` (block, optional): ${block.description}`, ...memberLines(block).map(indented)];
}

function memberLines(block: Block): string[] {
  return [
    ...Object.entries(block.attributes).flatMap(([name, attribute]) => attributeLines(name, attribute)),
    ...Object.entries(block.blocks ?? {}).flatMap(([name, nested]) => nestedBlockLines(name, nested)),
  ];
}

function indented(line: string): string {
  return `  ${line}`;
}

/** A block's description and its attributes and blocks, one list item each, in the order of the schema. */
export function blockMarkdown(block: Block): string {
  return [block.description, "", ...memberLines(block)].join("\n");
}

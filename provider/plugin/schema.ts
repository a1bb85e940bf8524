import type { ObjectValue, Value } from "./value";

/** A type in Terraform's type system. */
export type AttributeType =
  | "string"
  | "number"
  | "bool"
  | { readonly list: AttributeType }
  | { readonly set: AttributeType }
  | { readonly map: AttributeType }
  | { readonly object: Readonly<Record<string, AttributeType>> };

/** Finds the faults of a known, non-null value, a sentence each. */
export interface Check {
  (value: Value): readonly string[];
  /** What is allowed, to finish a sentence with, for documentation. @default - the attribute's description says it */
  readonly allowed?: string;
}

/** One attribute of the objects that a list holds. */
export interface Field {
  readonly type: AttributeType;
  /** Markdown, shown in documentation and by editors. */
  readonly description: string;
}

/** One attribute of a block. */
export interface Attribute {
  readonly type: AttributeType;
  /**
   * What the objects of a list hold, told one by one to documentation and editors: see {@link computedList}.
   * @default - the type alone is told
   */
  readonly fields?: Readonly<Record<string, Field>>;
  /** Markdown, shown in documentation and by editors. */
  readonly description: string;
  /** Must be set. @default false */
  readonly required?: boolean;
  /** May be set. @default false */
  readonly optional?: boolean;
  /** The provider sets it where the configuration does not. @default false */
  readonly computed?: boolean;
  /** Never shown. @default false */
  readonly sensitive?: boolean;
  /** Value where the configuration gives none; makes the attribute optional and computed. @default - none */
  readonly default?: Value;
  /** Whether a change destroys the resource and makes it anew. @default false */
  readonly requiresReplace?: boolean;
  /** @default - every value of the type is good */
  readonly validate?: Check;
  /**
   * Whether two known, non-null values mean the same, so that nothing is to change.
   * @default - equal to the letter
   */
  readonly equivalent?: (prior: Value, configured: Value) => boolean;
}

/** A block inside a block. */
export interface NestedBlock {
  readonly nesting: "single" | "list" | "set";
  readonly block: Block;
}

/** Attributes and nested blocks. */
export interface Block {
  readonly description: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
  /** @default - none */
  readonly blocks?: Readonly<Record<string, NestedBlock>>;
}

/** A versioned block: what a provider, resource or data source is configured with. */
export interface Schema {
  /** Version of state's shape; state of any other version is refused. @default 0 */
  readonly version?: number;
  readonly block: Block;
}

/** A list of objects that the provider makes. */
export function computedList(description: string, fields: Readonly<Record<string, Field>>): Attribute {
  const types = Object.entries(fields).map(([name, { type }]) => [name, type] as const);
  return { type: { list: { object: Object.fromEntries(types) } }, fields, computed: true, description };
}

/** A block's values with nothing set: `null` for attributes and single blocks, `[]` for list and set blocks. */
export function emptyObject(block: Block): ObjectValue {
  const values: ObjectValue = {};
  for (const name of Object.keys(block.attributes)) values[name] = null;
  for (const [name, nested] of Object.entries(block.blocks ?? {})) {
    values[name] = nested.nesting === "single" ? null : [];
  }
  return values;
}

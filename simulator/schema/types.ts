/** Thrown by a format that does not accept a value; the text ends in a line feed, as the server's do. */
export class FormatError extends Error {
  constructor(text: string) {
    super(`${text}\n`);
    this.name = "FormatError";
  }
}

/** Another name for a key. */
export interface KeyAlias {
  readonly alias: string;
  /** A key that takes the alias's own name as its value: `virtio=MAC` is `model=virtio,macaddr=MAC`. */
  readonly keyAlias?: string;
}

/** The keys of a property string (`virtio=BC:24:…,bridge=vmbr0`). */
export interface PropertySchema {
  /** The key of a part that has no `=`. @default - none: such a part is refused */
  readonly defaultKey?: string;
  readonly keys: Readonly<Record<string, ParameterSchema>>;
  /** @default - none */
  readonly aliases?: Readonly<Record<string, KeyAlias>>;
}

/** What a text must look like. */
export interface Format {
  /** What the API's schema calls it. @default - nothing: the schema spells the parts of a property string out */
  readonly name?: string;
  /** The parts of a property string. @default - the text is none */
  readonly properties?: PropertySchema;
  /**
   * @param value what was sent
   * @param path where it stands: `net0`, `net0.macaddr`
   * @throws FormatError
   */
  readonly check: (value: string, path: string) => void;
  /** Whether an array that is sent is joined to a list with commas. @default false */
  readonly isList?: boolean;
}

/** One parameter, as the API's own schema describes it. */
export interface ParameterSchema {
  /** An `array` is one of texts. */
  readonly type: "string" | "integer" | "number" | "boolean" | "array";
  /** @default false */
  readonly optional?: boolean;
  /** @default - any text */
  readonly format?: Format;
  /** The whole value must match. @default - any text */
  readonly pattern?: RegExp;
  /** @default - any value */
  readonly enum?: readonly string[];
  /** @default - no bound */
  readonly minimum?: number;
  /** @default - no bound */
  readonly maximum?: number;
  /** In characters. @default - no bound */
  readonly minLength?: number;
  /** In characters. @default - no bound */
  readonly maxLength?: number;
  /** Another parameter that must be there too. @default - none */
  readonly requires?: string;
}

/** The parameters of a call by name; no others are accepted. */
export type ParameterTable = Readonly<Record<string, ParameterSchema>>;

/** A value as it was sent, before any check: `null` is JSON's, an array a key that was sent more than once. */
export type RawValue = string | readonly string[] | null;

/** Parameters as they were sent. */
export type RawParameters = Readonly<Record<string, RawValue>>;

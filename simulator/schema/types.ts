/** Thrown by a format that does not accept a value; the text ends in a line feed, as the server's do. */
export class FormatError extends Error {
  constructor(text: string) {
    super(`${text}\n`);
    this.name = "FormatError";
  }
}

/** What a text must look like. */
export interface Format {
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
  readonly type: "string" | "integer" | "number" | "boolean";
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

import path from "node:path";
import ts from "typescript";

const FILE = path.join(__dirname, "..", "..", "lib", "topology", "input", "index.ts");

/** What the docstring of a key says. */
export interface KeyWords {
  readonly meaning: string;
  /** What holds where the key is left out: a value, or words for what it derives from. */
  readonly fallback?: { readonly value: unknown } | { readonly words: string };
  readonly example?: unknown;
}

/** The types of lib/topology/input with their docstrings, which hold the words that editors and docs show. */
export class InputTypes {
  private readonly checker: ts.TypeChecker;
  private readonly exported: ReadonlyMap<string, ts.Symbol>;

  constructor() {
    const program = ts.createProgram([FILE], { strict: true, target: ts.ScriptTarget.ES2022, types: [] });
    this.checker = program.getTypeChecker();
    const source = program.getSourceFile(FILE);
    const module = source && this.checker.getSymbolAtLocation(source);
    const symbols = module ? this.checker.getExportsOfModule(module) : [];
    this.exported = new Map(symbols.map((symbol) => [symbol.name, symbol]));
  }

  /** @throws Error where lib/topology/input has no such type */
  named(name: string): ts.Type {
    const symbol = this.exported.get(name);
    if (!symbol) throw new Error(`lib/topology/input has no type ${name}.`);
    const target = symbol.flags & ts.SymbolFlags.Alias ? this.checker.getAliasedSymbol(symbol) : symbol;
    return this.checker.getDeclaredTypeOfSymbol(target);
  }

  /** The names of an object type's keys. */
  keysOf(type: ts.Type): string[] {
    return type.getProperties().map(({ name }) => name);
  }

  /** @throws Error where the type has no such key, or its docstring says nothing */
  wordsOf(type: ts.Type, key: string): KeyWords {
    const symbol = this.keyOf(type, key);
    const meaning = ts
      .displayPartsToString(symbol.getDocumentationComment(this.checker))
      .replace(/\s+/g, " ")
      .trim();
    if (meaning === "") throw new Error(`lib/topology/input says nothing about the key ${key}.`);
    const tags = new Map(
      symbol
        .getJsDocTags()
        .map(({ name, text }) => [name, ts.displayPartsToString(text).replace(/\s+/g, " ").trim()]),
    );
    const [fallback, example] = [tags.get("default"), tags.get("example")];
    return {
      meaning,
      ...(fallback === undefined ? {} : { fallback: fallbackOf(fallback) }),
      ...(example === undefined ? {} : { example: JSON.parse(example) as unknown }),
    };
  }

  /** The type of a key's value, without null and undefined. */
  valueOf(type: ts.Type, key: string): ts.Type {
    return this.checker.getNonNullableType(this.checker.getTypeOfSymbol(this.keyOf(type, key)));
  }

  /** The type of the entries, where a value may be a mapping from names to them. */
  entryOf(type: ts.Type): ts.Type | undefined {
    const options = type.isUnion() ? type.types : [type];
    for (const option of options.filter((one) => !this.checker.isArrayLikeType(one))) {
      const entry = option.getStringIndexType() ?? option.getNumberIndexType();
      if (entry && !(option.flags & ts.TypeFlags.StringLike)) return this.checker.getNonNullableType(entry);
    }
    return undefined;
  }

  private keyOf(type: ts.Type, key: string): ts.Symbol {
    const symbol = type.getProperty(key);
    if (!symbol)
      throw new Error(`The schema has a key ${key} that ${this.checker.typeToString(type)} lacks.`);
    return symbol;
  }
}

/** "- words", or a value as JSON. */
function fallbackOf(text: string): NonNullable<KeyWords["fallback"]> {
  const words = /^-\s*(.*)$/.exec(text)?.[1];
  return words === undefined ? { value: JSON.parse(text) as unknown } : { words };
}

/** Where a text stops being JSON (RFC 8259), and how to mend it: JSON.parse tells neither in words for users. */

/** The first slip of a text that is no JSON. */
export interface JsonSlip {
  /** Where it is, from 0. */
  readonly offset: number;
  readonly problem: string;
  readonly fix: string;
}

/** What may come next, by what has been read. */
type Expected = "value" | "first item" | "key" | "first key" | "colon" | "comma" | "end";

const SPACE = /[ \t\n\r]*/y;
const STRING = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const PLAIN = /(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

const wanted: Readonly<Record<Expected, string>> = {
  value: "a value",
  "first item": "a value or ]",
  key: "a key",
  "first key": "a key or }",
  colon: "a colon",
  comma: "a comma or the closing bracket",
  end: "the end of the file",
};

/** The first slip of a text that JSON.parse refuses; undefined where it has none. */
export function jsonSlip(text: string): JsonSlip | undefined {
  const open: ("{" | "[")[] = [];
  let expected: Expected = "value";
  let offset = 0;
  let comma: number | undefined;
  const after = (): Expected => (open.length === 0 ? "end" : "comma");
  for (;;) {
    offset += lengthAt(SPACE, text, offset);
    const char: string | undefined = text[offset];
    if (char === undefined) {
      return expected === "end" ? undefined : slip(text, offset, expected);
    }
    const closes = open.at(-1) === "{" ? "}" : "]";
    const mayClose: boolean = expected === "comma" || expected === "first item" || expected === "first key";
    const wantsValue: boolean = expected === "value" || expected === "first item";
    const wantsKey: boolean = expected === "key" || expected === "first key";
    if (mayClose && char === closes) {
      open.pop();
      expected = after();
      offset++;
    } else if (expected === "comma" && char === ",") {
      comma = offset;
      expected = open.at(-1) === "{" ? "key" : "value";
      offset++;
    } else if (expected === "colon" && char === ":") {
      expected = "value";
      offset++;
    } else if (wantsValue && (char === "{" || char === "[")) {
      open.push(char);
      expected = char === "{" ? "first key" : "first item";
      offset++;
    } else {
      const length = lengthAt(STRING, text, offset) || (wantsValue ? lengthAt(PLAIN, text, offset) : 0);
      if (length === 0 || !(wantsValue || wantsKey)) {
        const trailing =
          comma !== undefined && char === closes && (expected === "key" || expected === "value");
        return trailing
          ? { offset: comma ?? offset, problem: "a comma after the last entry", fix: "take it out" }
          : slip(text, offset, expected);
      }
      expected = wantsKey ? "colon" : after();
      offset += length;
    }
  }
}

function lengthAt(pattern: RegExp, text: string, offset: number): number {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0].length ?? 0;
}

function slip(text: string, offset: number, expected: Expected): JsonSlip {
  const rest = text.slice(offset, offset + 20);
  if (rest === "")
    return { offset, problem: `it ends where ${wanted[expected]} was expected`, fix: "close what is open" };
  if (/^(\/[/*]|#)/.test(rest)) {
    return {
      offset,
      problem: "a comment",
      fix: "JSON has none: take it out, or write YAML and name the file .yaml",
    };
  }
  if (rest.startsWith("'")) return { offset, problem: "single quotes", fix: "use double quotes" };
  if (rest.startsWith('"') && (expected === "colon" || expected === "comma" || expected === "end")) {
    return {
      offset,
      problem: `a text where ${wanted[expected]} was expected`,
      fix: "mend it, then run this again",
    };
  }
  if (rest.startsWith('"')) {
    return {
      offset,
      problem: "a text that does not end well",
      fix: 'close it with " on the same line, and write \\ as \\\\',
    };
  }
  const word = /^[\w.+-]+/.exec(rest)?.[0];
  const problem = `${JSON.stringify(word ?? rest[0])} where ${wanted[expected]} was expected`;
  return {
    offset,
    problem,
    fix: word === undefined ? "mend it, then run this again" : "put texts and keys in double quotes",
  };
}

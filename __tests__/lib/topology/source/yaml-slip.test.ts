import { readSource } from "../../../../lib/topology/source/yaml-source";

const text = `network:
  cidr: 10.1.0.0/24
  domain: lab.example
  dnsServers: [10.1.0.2, 9.9.9.9]
acknowledge:
  - even-servers
clusters:
  rancher:
    role: manager
    members: 3
    cores: 2
  web:
    role: apps
    members: 2
`;

/** What is told of the text with one part replaced by another: place, what is wrong, what to do. */
function told(part: string, other: string): string[] {
  expect(text).toContain(part);
  const { faults, value } = readSource(text.replace(part, other), "YAML");
  expect(value).toBeUndefined();
  return faults.map(({ problem, fix, position }) => {
    const place = position ? `${position.line}:${position.column}` : "";
    return `${place} ${problem.replace("is not good YAML: ", "")}; ${fix}`;
  });
}

test("the text itself is good", () => {
  expect(readSource(text, "YAML").faults).toEqual([]);
});

describe("indentation: one line, at the line that is to be indented otherwise", () => {
  test.each([
    [
      "a key too far left",
      ["    members: 3", "  members: 3"],
      '10:3 "members" is indented by 2 spaces, and "cores" below it by 4; give "members" 4 spaces too',
    ],
    [
      "a key too far right",
      ["    members: 3", "      members: 3"],
      '10:7 "role" is indented by 4 spaces, and "members" below it by 6; give "members" 4 spaces too',
    ],
    [
      "the first key too far left",
      ["  cidr:", "cidr:"],
      '2:1 "cidr" is indented by 0 spaces, and "domain" below it by 2; give "cidr" 2 spaces too',
    ],
    [
      "the first key too far right",
      ["    role: manager", "      role: manager"],
      '9:7 "role" is indented by 6 spaces, and "members" below it by 4; give "role" 4 spaces too',
    ],
    [
      "the last key between two levels",
      ["    cores: 2", "   cores: 2"],
      '11:4 "cores" is indented by 3 spaces, and what it could belong beside by 0, 2 or 4; give it 4 spaces, as what it belongs beside',
    ],
    [
      "a name between two levels",
      ["  web:", "   web:"],
      '12:4 "web" is indented by 3 spaces, and what it could belong beside by 0, 2 or 4; give it 2 spaces, as what it belongs beside',
    ],
    [
      "a name one level too deep, whose keys are given twice then",
      ["  web:", "    web:"],
      '13:5 this key is given a second time; is "web" above it, which has nothing below it, indented wrongly? give it as many spaces as what it belongs beside',
    ],
    [
      "a key below the entry of a list",
      ["clusters:", "  clusters:"],
      '7:3 "clusters" stands below an entry of a list (-), and is none; take the - above it out, or indent it otherwise',
    ],
    ["a tab", ["  domain", "\tdomain"], "3:1 a tab as indentation; indent with spaces"],
  ] as const)("%s", (_, [part, other], line) => {
    expect(told(part, other)).toEqual([line]);
  });
});

describe("indentation at the end of a block: the line that is deeper, whatever comes behind", () => {
  const base = "a:\n  role: apps\n  members: 3\n  firstVmId: 401\n";
  const deep = (extra: string): string[] =>
    readSource(base + extra, "YAML").faults.map(
      ({ fix, position }) => `${position?.line}:${position?.column} ${fix}`,
    );

  test.each([
    ["the end of the text", ""],
    ["another cluster", "b:\n  role: apps\n"],
    ["a comment and a section", "\n# as agreed\nnetwork: { cidr: 10.1.0.0/24 }\n"],
  ])("%s", (_, behind) => {
    expect(deep(`   firstAddress: 10.1.0.10\n${behind}`)).toEqual(['5:4 give "firstAddress" 2 spaces too']);
    expect(deep(`   firstAddress: 10.1.0.10\n   cores: 2\n${behind}`)).toEqual([
      '5:4 give "firstAddress" and the line below it 2 spaces too',
    ]);
    expect(deep(`     firstAddress: 10.1.0.10\n     cores: 2\n     diskGiB: 9\n${behind}`)).toEqual([
      '5:6 give "firstAddress" and the 2 lines below it 2 spaces too',
    ]);
  });

  test("the first line below its opener is one that most others disagree with, or good", () => {
    const first = (lines: string): string[] =>
      readSource(`a:\n${lines}`, "YAML").faults.map(({ fix }) => fix);
    expect(first("  role: apps\n   members: 3\n   cores: 2\n")).toEqual(['give "role" 3 spaces too']);
    expect(first("  role: apps\n   members: 3\n  cores: 2\n")).toEqual(['give "members" 2 spaces too']);
    expect(first("  role: apps\n   members: 3\n")).toEqual(['give "members" 2 spaces too']);
  });
});

describe("a name of a mapping that is written as an entry of a list is told where its dash is", () => {
  test.each([
    ["the first", "  rancher:", "  - rancher:", "8:3", "rancher"],
    ["another", "  web:", "  - web:", "12:3", "web"],
  ])("%s", (_, part, other, place, name) => {
    expect(told(part, other)).toEqual([
      `${place} a list (- ${name}:) where a mapping is meant; take the - away: ${name}:`,
    ]);
  });
});

describe("characters that look like others, or like nothing", () => {
  test.each([
    [
      "role: manager",
      "role:\u00A0manager",
      '9:10 a no-break space (U+00A0) behind "role:"; write a plain space',
    ],
    [
      "    role: manager",
      "\u00A0\u00A0  role: manager",
      "9:1 a no-break space (U+00A0) at the beginning of the line; write a plain space",
    ],
    [
      "role: manager",
      "role: man\u200Bager",
      '9:14 a zero-width space (U+200B) behind "role: man"; take it out',
    ],
    [
      "    role: manager",
      "    \uFEFFrole: manager",
      "9:5 a byte order mark (U+FEFF) at the beginning of the line; take it out",
    ],
    [
      "lab.example",
      "\u201Clab.example\u201D",
      '3:11 a curly quote (U+201C) behind "domain:"; write a plain "',
    ],
    [
      "lab.example",
      "\u2018lab.example\u2019",
      '3:11 a curly quote (U+2018) behind "domain:"; write a plain \'',
    ],
    [
      "role: manager",
      "role\uFF1Amanager",
      '9:9 a full-width colon (U+FF1A) behind "role"; write a plain : and a space',
    ],
    ["role: manager", "role: a\u2013b", '9:12 an en dash (U+2013) behind "role: a"; write a plain -'],
  ])("%j -> %j", (part, other, line) => {
    expect(told(part, other)).toEqual([line]);
  });

  test("may be in quotes and comments", () => {
    const other = text.replace("lab.example", '"\u201Clab\u201D" # it\u2019s\u00A0good');
    expect(readSource(other, "YAML").faults).toEqual([]);
  });

  test("are not told in place of a slip above them", () => {
    const [line] = told("role: manager", "role:manager\n    cpu: a\u2013b");
    expect(line).toMatch(/no space behind its colon/);
  });
});

describe("a colon", () => {
  test.each([
    [
      "role: manager",
      "role:manager",
      '9:5 "role:manager" has no space behind its colon; write role: manager',
    ],
    ["members: 2", "members:2", '14:5 "members:2" has no space behind its colon; write members: 2'],
    ["role: manager", "role manager", '9:5 "role manager" has no colon; write role: manager'],
    ["members: 3", "members = 3", '10:5 "members = 3" has no colon; write members: 3'],
    ["network:", "network", '1:1 "network" has no colon; write network:'],
    // Behind a comment the parser stumbles at the line below.
    ["network:", "network\n  # why", '1:1 "network" has no colon; write network:'],
    ["role: manager", "role manager\n    # why", '9:5 "role manager" has no colon; write role: manager'],
    ["members: 2", "members 2\n    # why", '14:5 "members 2" has no colon; write members: 2'],
    [
      "lab.example",
      "lab: example",
      '3:11 a colon in "lab: example", behind the one of its key; put the text in quotes, or a second key on a line of its own',
    ],
  ])("%s -> %s", (part, other, line) => {
    expect(told(part, other)).toEqual([line]);
  });
});

describe("brackets", () => {
  test.each([
    ["9.9.9.9]", "9.9.9.9", "4:15 the [ is not closed; put a ] where it ends"],
    ["9.9.9.9]", "9.9.9.9}", "4:33 a } where the [ before it is open; close that with ]"],
    ["9.9.9.9]", "9.9.9.9]]", "4:34 a ] that nothing opens; take it out"],
    ["10.1.0.2,", "10.1.0.2,,", "4:25 a comma too many; take it out"],
    [
      "[10.1.0.2, 9.9.9.9]",
      "{ a: 1 b: 2 }",
      "4:20 entries in { } without a comma between them; put a comma between them, or close the { with }",
    ],
    [
      "[10.1.0.2, 9.9.9.9]",
      "{ tier: a: b }",
      '4:23 a colon in "a: b", behind the one of its key; put the value in quotes: "a: b"',
    ],
    [
      "[10.1.0.2, 9.9.9.9]",
      '["a" "b"]',
      "4:20 entries in [ ] without a comma between them; put a comma between them, or close the [ with ]",
    ],
  ])("%s -> %s", (part, other, line) => {
    expect(told(part, other)).toEqual([line]);
  });

  test("may be closed at the indentation of their key", () => {
    const { faults, value } = readSource("network:\n  dnsServers: [\n    a,\n  ]\n", "YAML");
    expect({ faults, value }).toEqual({ faults: [], value: { network: { dnsServers: ["a"] } } });
  });
});

describe("texts", () => {
  test.each([
    [
      "lab.example",
      '"lab.example',
      '3:11 a text that " begins and nothing ends on its line; close it with "',
    ],
    [
      "lab.example",
      "'lab.example",
      "3:11 a text that ' begins and nothing ends on its line; close it with '",
    ],
    [
      "lab.example",
      '"lab" .example',
      "3:17 something behind the closing quote; put all of the text in the quotes",
    ],
    ["lab.example", "'it's fine'", "3:14 a ' within a text that ' begins; write it twice: ''"],
    ["lab.example", '"a "b" c"', '3:14 a " within a text that " begins; write a backslash before it: \\"'],
    ["lab.example", '"a"b" c"', '3:13 a " within a text that " begins; write a backslash before it: \\"'],
    ["lab.example", "@lab", "3:11 a text that begins with @; put it in quotes"],
    [
      "lab.example",
      '"\\q"',
      '3:12 "\\\\q", which stands for nothing in double quotes; write \\\\ for a backslash, or use single quotes',
    ],
    ["lab.example", '"lab"# note', "3:16 a comment right behind a value; put a space before the #"],
  ])("%s -> %s", (part, other, line) => {
    expect(told(part, other)).toEqual([line]);
  });

  test("a quote that ends at the next one, lines below, is told where it begins", () => {
    const [line] = told("lab.example\n  dnsServers: [10.1.0.2", '"lab.example\n  dnsServers: ["10.1.0.2"');
    expect(line).toBe('3:11 a text that " begins and nothing ends on its line; close it with "');
  });
});

test("a merge conflict is told as one", () => {
  const marks = ["<".repeat(7), "=".repeat(7), ">".repeat(7)] as const;
  const [ours, middle, theirs] = marks;
  expect(
    told("    cores: 2", `${ours} HEAD\n    cores: 2\n${middle}\n    cores: 4\n${theirs} other`),
  ).toEqual([
    "11:1 it holds a merge conflict; keep what is to hold, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>",
  ]);
});

test("two keys that are each given twice are two faults, and the rest is read", () => {
  const { faults, value } = readSource("a: 1\nb: 1\na: 2\nb: 2\nc: 3\n", "YAML");
  expect(faults.map(({ path, fix }) => [path, fix])).toEqual([
    [["a"], "keep one of the two"],
    [["b"], "keep one of the two"],
  ]);
  expect(value).toMatchObject({ c: 3 });
});

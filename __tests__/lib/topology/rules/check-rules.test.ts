import { FaultCollector } from "../../../../lib/topology/fault-collector";
import { formatFault } from "../../../../lib/topology";
import { checkRuleNames, checkRules, namedRules } from "../../../../lib/topology/rules";
import type { RuleSettings } from "../../../../lib/topology/rules/rule";
import { makeTopology } from "./make-topology";
import { tell } from "./tell";

const twoServers = { pools: [{ count: 2 }] };
const uneven = makeTopology({ web: twoServers, db: twoServers, api: {} });
const web =
  "clusters.web.members: got 2 servers, which bear the loss of none, as 1 would; " +
  "use 1 or 3: etcd needs more than half of them [even-servers]";
const db = web.replace("clusters.web", "clusters.db");
const clusters = { web: {}, db: {}, api: {} };

test("a topology that breaks no rule is told nothing", () => {
  expect(tell(makeTopology({ web: {} }))).toEqual({ errors: [], warnings: [], acknowledged: [] });
});

describe("the level of a rule", () => {
  test("is its own where the topology does not say", () => {
    expect(tell(uneven)).toEqual({ errors: [], warnings: [web, db], acknowledged: [] });
  });

  test.each([
    ["warning", { errors: [], warnings: [web, db] }],
    ["error", { errors: [web, db], warnings: [] }],
    ["off", { errors: [], warnings: [] }],
  ] as const)("can be %s", (level, told) => {
    expect(tell(uneven, { checks: { "even-servers": level }, clusters })).toMatchObject(told);
  });

  test("of one rule leaves the others as they are", () => {
    expect(tell(uneven, { checks: { "no-servers": "off" }, clusters }).warnings).toEqual([web, db]);
  });
});

describe("an acknowledged warning", () => {
  test("stays, as one that is meant", () => {
    const settings = { acknowledge: ["even-servers"], clusters };
    expect(tell(uneven, settings)).toEqual({ errors: [], warnings: [], acknowledged: [web, db] });
  });

  test("is meant for the cluster that acknowledges it, and for no other", () => {
    const settings = { clusters: { ...clusters, web: { acknowledge: ["even-servers"] } } };
    expect(tell(uneven, settings)).toEqual({ errors: [], warnings: [db], acknowledged: [web] });
  });

  test("says of which rule it is, and where it stands", () => {
    const faults = new FaultCollector(() => ({ line: 3, column: 7 }));
    expect(checkRules(makeTopology({ web: twoServers }), {}, faults)).toMatchObject([
      { rule: "even-servers", acknowledged: false, position: { line: 3, column: 7 } },
    ]);
  });
});

test("an error cannot be acknowledged, and says what would make it a warning", () => {
  const settings: RuleSettings = { checks: { "even-servers": "error" }, acknowledge: ["even-servers"] };
  expect(tell(makeTopology({ web: twoServers }), settings)).toEqual({
    errors: [
      web.replace(
        " [even-servers]",
        "; to acknowledge it (acknowledge[0]) make it a warning first: checks.even-servers: warning [even-servers]",
      ),
    ],
    warnings: [],
    acknowledged: [],
  });
});

describe("an acknowledgement that nothing needs", () => {
  const settings: RuleSettings = {
    acknowledge: ["no-servers"],
    clusters: { ...clusters, api: { acknowledge: ["even-servers"] } },
  };
  const everywhere =
    'acknowledge[0]: got "no-servers", which has nothing to tell; take it out [unused-acknowledgement]';
  const inApi =
    'clusters.api.acknowledge[0]: got "even-servers", which has nothing to tell about clusters.api; take it out [unused-acknowledgement]';

  test("is told", () => {
    expect(tell(uneven, settings).warnings).toEqual([web, db, everywhere, inApi]);
  });

  test("is told also where the rule is off", () => {
    const off: RuleSettings = { checks: { "even-servers": "off" }, acknowledge: ["even-servers"] };
    expect(tell(uneven, off).warnings).toEqual([everywhere.replace("no-servers", "even-servers")]);
  });

  test("can be an error, off, or acknowledged", () => {
    const level = (level: "error" | "off"): RuleSettings => ({
      ...settings,
      checks: { "unused-acknowledgement": level },
    });
    expect(tell(uneven, level("error"))).toMatchObject({ errors: [everywhere, inApi], warnings: [web, db] });
    expect(tell(uneven, level("off"))).toMatchObject({ errors: [], warnings: [web, db] });
    const acknowledge = ["no-servers", "unused-acknowledgement"];
    expect(tell(uneven, { ...settings, acknowledge })).toEqual({
      errors: [],
      warnings: [web, db],
      acknowledged: [everywhere, inApi],
    });
  });

  test("is no acknowledgement that something else needs as well", () => {
    const both = { acknowledge: ["even-servers"], clusters: { web: { acknowledge: ["even-servers"] } } };
    expect(tell(uneven, both)).toEqual({ errors: [], warnings: [], acknowledged: [web, db] });
  });
});

test("warnings are in the order of the file", () => {
  const lines: Record<string, number> = { web: 9, db: 2 };
  const faults = new FaultCollector((path) => ({ line: lines[String(path[1])] ?? 0, column: 1 }));
  expect(checkRules(uneven, {}, faults).map(({ path }) => path[1])).toEqual(["db", "web"]);
});

test("a rule that does not exist is told wherever it is named, with what was meant", () => {
  const faults = new FaultCollector();
  const settings: RuleSettings = {
    checks: { "even-server": "off", "no-servers": "warning" },
    acknowledge: ["even-servers", "unusual"],
    clusters: { web: { acknowledge: ["unused-acknowledgment"] } },
  };
  checkRuleNames(settings, faults);
  const all = namedRules.map(({ name }) => name).join(", ");
  expect(faults.all().map((fault) => formatFault(fault))).toEqual([
    'checks.even-server: got "even-server", which is no rule; did you mean even-servers?',
    `acknowledge[1]: got "unusual", which is no rule; the rules are ${all}`,
    'clusters.web.acknowledge[0]: got "unused-acknowledgment", which is no rule; did you mean unused-acknowledgement?',
  ]);
});

test("every rule has a name of its own, a sentence and a reason", () => {
  expect(new Set(namedRules.map(({ name }) => name)).size).toBe(namedRules.length);
  for (const { name, summary, reason } of namedRules) {
    expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(summary).toMatch(/^[A-Z].*\.$/);
    expect(reason).toMatch(/^[A-Za-z].*\.$/);
  }
});

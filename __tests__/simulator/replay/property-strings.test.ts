import { Comparison } from "./comparison";
import { describeReplay, readJson, readWorld } from "./recordings";
import { recordedWorld } from "./recorded-world";
import { print } from "./replay";
import { ReplayedServer } from "./replayed-server";
import { formRequest } from "./requests";
import { withVms } from "./vm-copies";

/** One value that was put into the configuration of VM 410, and what became of it. */
interface Row {
  readonly key: string;
  readonly input: string;
  readonly status: number;
  readonly reason: string;
  readonly errors?: Readonly<Record<string, string>>;
  readonly message?: string;
  /** What the key then held; null where it had vanished. */
  readonly stored?: string | number | null;
  readonly other_keys_changed?: Readonly<Record<string, unknown>>;
  readonly other_keys_gone?: readonly string[];
}

type Config = Readonly<Record<string, unknown>>;

/** The VM that was recorded, anew for each row; here each row has one of its own, so that none has to be made anew. */
const RECORDED_VM = "410";
const FIRST_VM = 700_000;

const RECORDING = "property-strings.json";

describeReplay("values are kept or refused as the genuine server does it:", RECORDING, () => {
  const rows = readJson(RECORDING) as Row[];
  const own = rows.map((row, index) => ({ ...ofVm(row, FIRST_VM + index), vmid: FIRST_VM + index }));
  const keys = [...new Set(rows.map(({ key }) => key))];
  let server: ReplayedServer;
  beforeAll(async () => {
    const states = Object.fromEntries(own.map(({ vmid }) => [vmid, { config: { name: "victim" } }]));
    server = await ReplayedServer.start(withVms(recordedWorld(readWorld()), states));
  });
  afterAll(() => server.close());

  test.each(keys)(
    "%s",
    async (key) => {
      const deviations: string[] = [];
      for (const row of own.filter((each) => each.key === key)) {
        deviations.push(...(await tryRow(server, row, `/nodes/pve1/qemu/${row.vmid}/config`)));
      }
      expect(deviations).toEqual([]);
    },
    60_000,
  );
});

/** The row with another VM in the place of the recorded one, wherever it is named. */
function ofVm(row: Row, vmid: number): Row {
  const text = JSON.stringify(row).replaceAll(new RegExp(`(?<!\\d)${RECORDED_VM}(?!\\d)`, "g"), String(vmid));
  return JSON.parse(text) as Row;
}

async function tryRow(server: ReplayedServer, row: Row, path: string): Promise<string[]> {
  const before = await readConfig(server, path);
  const { status, reason, body } = await server.send(formRequest("PUT", path, { [row.key]: row.input }));
  const { errors, message } = (body ?? {}) as { errors?: unknown; message?: unknown };
  const after = await readConfig(server, path);
  const { key, stored, other_keys_changed: changed = {}, other_keys_gone: gone = [] } = row;
  const recorded = {
    ...{ status: row.status, reason: row.reason, errors: row.errors, message: row.message },
    effect: row.status === 200 ? { stored: stored ?? undefined, changed, gone } : { digest: before.digest },
  };
  const simulated = {
    ...{ status, reason, errors, message },
    effect: status === 200 ? effect(before, after, key) : { digest: after.digest },
  };
  const differences = new Comparison().compare(recorded, simulated, "");
  return differences.map((difference) => `${JSON.stringify(row.input)}: ${print(difference)}`);
}

/** What a change did to the key that it was for, and to others. */
function effect(before: Config, after: Config, key: string): Config {
  const others = Object.keys({ ...before, ...after }).filter((each) => each !== key && each !== "digest");
  const changed = others.filter((each) => after[each] !== undefined && before[each] !== after[each]);
  return {
    stored: after[key],
    changed: Object.fromEntries(changed.map((each) => [each, after[each]])),
    gone: others.filter((each) => after[each] === undefined),
  };
}

async function readConfig(server: ReplayedServer, path: string): Promise<Config> {
  const { body } = await server.send(formRequest("GET", path));
  return (body as { data: Config }).data;
}

import { Comparison } from "./comparison";
import { withoutLaterStorages } from "./later-storages";
import { describeReplay, readJson, readWorld } from "./recordings";
import { recordedWorld } from "./recorded-world";
import { print } from "./replay";
import { ReplayedServer } from "./replayed-server";
import { formRequest } from "./requests";
import { withVms } from "./vm-copies";

/** A call and what came of it. */
interface Row {
  readonly call: string;
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string | number>> | null;
  readonly status: number;
  readonly reason: string;
  readonly errors: Readonly<Record<string, string>> | null;
  readonly message: string | null;
  readonly data: unknown;
  readonly task_exitstatus?: string;
}

/** What VM 410 was like when parameters were recorded. */
const VM = { config: { name: undefined, net1: "virtio=BC:24:11:00:00:01,bridge=vmbr0,tag=20" } };

const RECORDING = "param-verification.json";

describeReplay("parameters are taken or refused as by the genuine server:", RECORDING, () => {
  const rows = readJson(RECORDING) as Row[];
  const calls = [...new Set(rows.map(({ call }) => call))];
  let server: ReplayedServer;
  beforeAll(async () => {
    const world = withoutLaterStorages(recordedWorld(readWorld()), JSON.stringify(rows));
    server = await ReplayedServer.start(withVms(world, { 410: VM }));
  });
  afterAll(() => server.close());

  // The rows of one file follow each other: the clones that they make are removed where the recording removed them.
  test.each(calls)(
    "%s",
    async (call) => {
      const deviations: string[] = [];
      for (const row of rows.filter((each) => each.call === call))
        deviations.push(...(await tryRow(server, row)));
      expect(deviations).toEqual([]);
    },
    60_000,
  );
});

async function tryRow(server: ReplayedServer, row: Row): Promise<string[]> {
  const { method, path, params } = row;
  const { status, reason, body } = await server.send(formRequest(method, path, params));
  const { data = null, errors = null, message = null } = (body ?? {}) as Partial<Row>;
  const exit = typeof data === "string" && data.startsWith("UPID:") ? await server.outcome(data) : undefined;
  await removeClone(server, row);
  const comparison = new Comparison();
  const answer = { status: row.status, reason: row.reason, errors: row.errors, message: row.message };
  const recorded = { data: shapeOfTasks(row.data), exit: row.task_exitstatus };
  const differences = [
    ...comparison.compare(answer, { status, reason, errors, message }, ""),
    ...comparison.compare(recorded, { data: shapeOfTasks(data), exit }, ".body"),
  ];
  return differences.map((difference) => `${method} ${path} ${JSON.stringify(params)}: ${print(difference)}`);
}

/** Of a list of tasks what a row holds; which tasks there were is another matter. */
function shapeOfTasks(data: unknown): unknown {
  if (!Array.isArray(data)) return data;
  const [first] = data as unknown[];
  if (typeof first !== "object" || first === null || !("upid" in first)) return data;
  return Object.keys(first).sort();
}

/** The recording freed the id of each clone at once. */
async function removeClone(
  server: ReplayedServer,
  { path, params, task_exitstatus: exit }: Row,
): Promise<void> {
  if (!path.endsWith("/clone") || exit !== "OK") return;
  const { body } = await server.send(formRequest("DELETE", `/nodes/pve1/qemu/${String(params?.newid)}`));
  await server.outcome((body as { data: string }).data);
}

import type { SimulatorOptions } from "../../../simulator";
import { withoutLaterStorages } from "./later-storages";
import { describeReplay, readJson, readWorld } from "./recordings";
import { recordedWorld, SECRET } from "./recorded-world";
import { ReplayedServer } from "./replayed-server";
import { formRequest } from "./requests";
import { withVms } from "./vm-copies";

/** A set of privileges that suffices for a call, and what it answers when one of them is taken away. */
interface Row {
  readonly action: string;
  readonly method: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string | number>> | null;
  /** `vm:VM.Audit`: where the privilege is held, and which it is. */
  readonly minimal_sufficient?: readonly string[];
  readonly denials?: readonly { readonly priv: string; readonly on: string; readonly denied: string }[];
}

/** Where privileges were held, by the mark of the recording. */
const PATHS: Readonly<Record<string, string>> = { vm: "/vms", st: "/storage", sd: "/sdn", rt: "/" };

const VMS = {
  410: { config: { name: "victim" } },
  441: { config: {} },
};

const RECORDING = "permissions.json";

describeReplay(
  "the genuine server's smallest sets of privileges suffice, and none can be spared:",
  RECORDING,
  () => {
    const rows = readJson(RECORDING) as Row[];
    const world = withVms(withoutLaterStorages(recordedWorld(readWorld()), JSON.stringify(rows), [410]), VMS);
    const served = rows.filter(({ denials }) => denials !== undefined);

    test.each(served.map((row) => [row.action, row] as const))(
      "%s",
      async (_action, row) => {
        const { minimal_sufficient: sufficient = [], denials = [] } = row;
        const server = await ReplayedServer.start(withUsers(world, sufficient));
        try {
          const without: string[] = [];
          for (const { priv, on } of denials)
            without.push(await outcome(server, row, `${on}:${priv}`, sufficient));
          expect(without).toEqual(denials.map(({ denied }) => denied));
          expect(await outcome(server, row, undefined, sufficient)).not.toMatch(/403/);
        } finally {
          await server.close();
        }
      },
      60_000,
    );
  },
);

/** The call for a configuration wants any one of a group of privileges first; the recording left this one. */
const GROUP_MEMBER = "vm:VM.Config.Options";

function isOneOfMany(privilege: string | undefined): boolean {
  return privilege?.startsWith("vm:VM.Config.") === true;
}

/** A user with all the privileges, and for each of them one who lacks it. */
function withUsers(world: SimulatorOptions, sufficient: readonly string[]): SimulatorOptions {
  const secrets: Record<string, string> = {};
  const lines = [undefined, ...sufficient].flatMap((missing) => {
    const user = userWithout(missing, sufficient);
    const name = user.split("@")[0] ?? "";
    secrets[`${user}!tt`] = SECRET;
    const kept = isOneOfMany(missing) ? [GROUP_MEMBER] : [];
    const held = [...kept, ...sufficient].filter((each) => each !== missing).map((each) => each.split(":"));
    return [
      `user:${user}:1:0::::::`,
      `token:${user}!tt:0:0::`,
      ...Object.entries(PATHS).flatMap(([mark, path]) => {
        const privileges = held.filter(([on]) => on === mark).map(([, privilege]) => privilege);
        if (privileges.length === 0) return [];
        return [`role:${name}${mark}:${privileges.join(",")}:`, `acl:1:${path}:${user}:${name}${mark}:`];
      }),
    ];
  });
  const { access } = world;
  return {
    ...world,
    access: {
      userConfig: [access?.userConfig, ...lines].join("\n"),
      secrets: { ...access?.secrets, ...secrets },
    },
  };
}

function userWithout(missing: string | undefined, sufficient: readonly string[]): string {
  return `u${missing === undefined ? "all" : sufficient.indexOf(missing)}@pve`;
}

/** How a call ends, in the words of the recording. */
async function outcome(
  server: ReplayedServer,
  { method, path, params }: Row,
  missing: string | undefined,
  sufficient: readonly string[],
): Promise<string> {
  const token = `${userWithout(missing, sufficient)}!tt`;
  const { status, reason, body } = await server.send(formRequest(method, path, params, token));
  if (status !== 200) return `${status} ${reason}`;
  const { data } = body as { data: unknown };
  if (typeof data !== "string" || !data.startsWith("UPID:")) return "ok";
  return `task: ${(await server.outcome(data)) ?? "runs"}`;
}

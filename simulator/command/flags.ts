import { Command, CommanderError, Option } from "commander";
import { InvalidOptions } from "../options/check-options";
import {
  DEFAULT_STORAGES,
  DEFAULT_TEMPLATES,
  type SimulatorOptions,
  type StorageOptions,
  type TemplateOptions,
} from "../options/options";
import { isStorageTypeName, STORAGE_TYPES } from "../world/storage-types";
import { readConfigFile, readFaultsFile, readText } from "./config-file";

/** The port of the genuine server. */
const DEFAULT_PORT = 8006;

/** What the command was asked to do. */
export interface CommandRequest {
  readonly options: SimulatorOptions;
  /** Where the certificate authority is written. @default - `.work/simulator/ca-PORT.pem` */
  readonly caFile?: string;
  /** Whether every request is shown. */
  readonly isVerbose: boolean;
}

interface Flags {
  host?: string;
  port?: string;
  speed?: string;
  node: string[];
  bridge: string[];
  pool: string[];
  storage: string[];
  template: string[];
  user?: string;
  tokenId?: string;
  tokenSecret?: string;
  userConfig?: string;
  config?: string;
  faults?: string;
  controlPort?: string;
  caFile?: string;
  verbose?: boolean;
}

/**
 * Reads the command line. Flags go before the file, a list of flags replaces the file's list.
 *
 * @param argv as the process has it
 * @param environment for `SIMULATOR_TOKEN_SECRET`
 * @param out takes the help
 * @returns undefined where only help was asked for, which `out` has then got
 * @throws InvalidOptions with every fault
 */
export function readCommandLine(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  out: (text: string) => void,
): CommandRequest | undefined {
  const flags = readFlags(argv, out);
  if (flags === undefined) return undefined;
  const file = flags.config === undefined ? {} : readConfigFile(flags.config);
  const faults: string[] = [];
  const storages = flags.storage.flatMap((text) => readStorage(text, faults));
  const templates = flags.template.flatMap((text) => readTemplate(text, faults));
  const port = readNumber("--port", flags.port, faults);
  const controlPort = readNumber("--control-port", flags.controlPort, faults);
  const speed = readNumber("--speed", flags.speed, faults);
  if ((speed ?? file.speed) === 0) faults.push("--speed 0: must be above 0; nothing could move the time on");
  const rules = flags.faults === undefined ? file.faults : readFaultsFile(flags.faults);
  if (faults.length > 0) throw new InvalidOptions(faults);
  const options: SimulatorOptions = {
    ...file,
    host: flags.host ?? file.host,
    port: port ?? file.port ?? DEFAULT_PORT,
    controlPort: controlPort ?? file.controlPort,
    speed: speed ?? file.speed,
    nodes: orElse(flags.node, file.nodes),
    bridges: orElse(flags.bridge, file.bridges),
    pools: orElse(flags.pool, file.pools),
    storages: orElse(storages, file.storages),
    templates: orElse(templates, file.templates),
    faults: rules,
    access: withoutUndefined({
      ...file.access,
      userConfig:
        flags.userConfig === undefined
          ? file.access?.userConfig
          : readText("--user-config", flags.userConfig),
    }),
    token: withoutUndefined({
      user: flags.user ?? file.token?.user,
      tokenId: flags.tokenId ?? file.token?.tokenId,
      secret: flags.tokenSecret ?? environment.SIMULATOR_TOKEN_SECRET ?? file.token?.secret,
    }),
  };
  return { options, caFile: flags.caFile, isVerbose: flags.verbose ?? false };
}

function readFlags(argv: readonly string[], out: (text: string) => void): Flags | undefined {
  const command = makeCommand()
    .exitOverride()
    .configureOutput({ writeOut: out, writeErr: () => undefined });
  try {
    return command.parse([...argv]).opts<Flags>();
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    throw new InvalidOptions([error.message.replace(/^error: /, "").replaceAll("\n", " ")]);
  }
}

function makeCommand(): Command {
  return new Command("npm run simulator --")
    .description("Runs a Proxmox VE 9 API simulator on the loopback interface until it is stopped.")
    .option("--port <number>", `port to listen on; 0 for any that is free (default: ${DEFAULT_PORT})`)
    .option("--host <address>", "loopback address to listen on (default: 127.0.0.1)")
    .option("--speed <factor>", "simulated seconds per second (default: 1)")
    .addOption(repeatable("--node <name>", "a host; may be repeated", "pve1"))
    .addOption(repeatable("--bridge <name>", "a bridge of every host; may be repeated", "vmbr0"))
    .addOption(repeatable("--pool <name>", "an empty resource pool; may be repeated", "none"))
    .addOption(
      repeatable(
        "--storage <ID:TYPE:GiB[:shared]>",
        "a storage; may be repeated, replaces the default ones",
        DEFAULT_STORAGES.map(({ id, type, sizeGiB }) => `${id}:${type}:${sizeGiB}`).join(" and "),
      ),
    )
    .addOption(
      repeatable(
        "--template <VMID:NAME:STORAGE>",
        "a template; may be repeated, replaces the default one",
        DEFAULT_TEMPLATES.map(({ vmid, name, storage }) => `${vmid}:${name}:${storage}`).join(" and "),
      ),
    )
    .option("--user <USER@REALM>", "owner of the API token (default: terraform@pve)")
    .option("--token-id <id>", "name of the API token (default: provider)")
    .option(
      "--token-secret <uuid>",
      "secret of the API token (default: a random one); other users of the machine can read it in the process list, so prefer SIMULATOR_TOKEN_SECRET",
    )
    .option(
      "--user-config <file>",
      "users, tokens, roles, pools and ACLs as a /etc/pve/user.cfg holds them (default: the token's user may do everything)",
    )
    .option("--config <file>", "YAML or JSON file with the same options")
    .option("--faults <file>", "YAML or JSON file with what is to go wrong (default: nothing)")
    .option(
      "--control-port <number>",
      "port to steer faults and read records; 0 for any that is free (default: none)",
    )
    .option("--ca-file <path>", "where to write the CA certificate (default: .work/simulator/ca-PORT.pem)")
    .option("--verbose", "show every request");
}

/** An option that collects what it is given each time; the default is said here and made elsewhere. */
function repeatable(flags: string, description: string, defaultText: string): Option {
  return new Option(flags, description)
    .argParser((value: string, earlier: string[]) => [...earlier, value])
    .default([], defaultText);
}

function readStorage(text: string, faults: string[]): StorageOptions[] {
  const [id = "", type = "", size = "", shared, ...rest] = text.split(":");
  const sizeGiB = Number(size);
  const isShared = shared === "shared";
  if (
    id === "" ||
    size === "" ||
    Number.isNaN(sizeGiB) ||
    (shared !== undefined && !isShared) ||
    rest.length > 0
  ) {
    faults.push(`--storage ${text}: must be ID:TYPE:GiB or ID:TYPE:GiB:shared, like fast:zfspool:500`);
    return [];
  }
  if (!isStorageTypeName(type)) {
    faults.push(
      `--storage ${text}: the type must be one of ${Object.keys(STORAGE_TYPES).join(", ")}; got '${type}'`,
    );
    return [];
  }
  return [{ id, type, sizeGiB, shared: isShared }];
}

function readTemplate(text: string, faults: string[]): TemplateOptions[] {
  const [vmid = "", name = "", storage = "", ...rest] = text.split(":");
  if (!/^\d+$/.test(vmid) || name === "" || storage === "" || rest.length > 0) {
    faults.push(`--template ${text}: must be VMID:NAME:STORAGE, like 400:ubuntu-22.04-template:local-vm-zfs`);
    return [];
  }
  return [{ vmid: Number(vmid), name, storage }];
}

function readNumber(flag: string, text: string | undefined, faults: string[]): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== "" && Number.isFinite(value)) return value;
  faults.push(`${flag} ${text}: must be a number`);
  return undefined;
}

function orElse<T>(given: readonly T[], otherwise: readonly T[] | undefined): readonly T[] | undefined {
  return given.length > 0 ? given : otherwise;
}

function withoutUndefined<T extends object>(record: T): T {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as T;
}

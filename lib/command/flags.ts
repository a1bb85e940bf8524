import { parseArgs } from "node:util";

/** What a topology can be printed as. */
export const FORMATS = ["table", "json", "yaml", "mermaid", "svg", "html", "ansible"] as const;

/** What a topology can be printed as. */
export type Format = (typeof FORMATS)[number];

/** What a difference can be printed as. */
const DIFF_FORMATS: readonly Format[] = ["table", "json", "yaml"];

/** What the command was asked to do. */
export interface Request {
  /** The topology file. */
  readonly file: string;
  /** Its placement record. @default - the file beside it */
  readonly placementFile?: string;
  readonly format: Format;
  /** File to write to. @default - standard output */
  readonly output?: string;
  /** What to compare with: a file, or "state". @default - nothing: the topology itself is printed */
  readonly diff?: string;
}

/** A command line that cannot be understood: the user's mistake. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/**
 * What `--help` prints.
 * @param command what the user typed before the arguments
 */
export const helpOf = (command: string): string => `Usage: ${command} [FILE] [options]

Prints the topology that FILE declares, checked and resolved: its members, what they take of each Proxmox node
and storage, their VM ids and addresses, and warnings. Nothing is deployed, and Proxmox is not asked.

  FILE               the topology (default: the file that TOPOLOGY names, else topology.yaml)
  --format <format>  ${FORMATS.join(", ")} (default: table)
  --diff <other>     print what applying FILE would add, change, replace or destroy, and why; OTHER is what there is:
                     another topology, Terraform state (a file, or what terraform state pull or show -json print),
                     or the word "state" for the last applied one (TERRAFORM_STATE, else in this folder)
  --output <file>    write to this file, in place of the terminal
  --help             print this

VMs are placed by the placement record beside FILE, or the one that PLACEMENT_RECORD names; those of another topology
by the record beside it. No record is written.

Exit codes: 0 (whatever --diff finds), 1 for a file that cannot be used, 2 for a command line that cannot be understood.
`;

/**
 * Reads the command line.
 * @param argv without the program itself
 * @param command what the user typed before them, to say how it is typed right
 * @returns undefined where help was asked for
 * @throws UsageError with what is wrong, and what is allowed
 */
export function readFlags(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  command: string,
): Request | undefined {
  const { values, positionals } = parse(argv);
  if (values.help === true) return undefined;
  checkSwallowed(values, positionals, environment, command);
  const { format = "table", output, diff } = values;
  if (!isFormat(format))
    throw new UsageError(`--format ${format}: there is no such format; use ${FORMATS.join(", ")}`);
  for (const [flag, value] of Object.entries({ output, diff })) {
    if (value === "") throw new UsageError(`--${flag}: the name is empty; name a file`);
  }
  if (diff !== undefined && !DIFF_FORMATS.includes(format))
    throw new UsageError(`--diff with --format ${format}: use ${DIFF_FORMATS.join(", ")}`);
  const [file = environment.TOPOLOGY || "topology.yaml", ...rest] = positionals;
  if (rest.length > 0)
    throw new UsageError(`${rest.join(" ")}: one file is printed at a time; run the command for each`);
  return { file, placementFile: environment.PLACEMENT_RECORD || undefined, format, output, diff };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        format: { type: "string" },
        output: { type: "string" },
        diff: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    if (!code.startsWith("ERR_PARSE_ARGS_")) throw error;
    // What follows the first sentence is advice for programmers.
    throw new UsageError(message.split(/\. |\n/)[0] ?? message);
  }
}

/**
 * Without -- npm takes the options for its own: of those that it does not know it hands on the value alone, or says in
 * the environment that they are there.
 */
function checkSwallowed(
  values: Readonly<Partial<Record<string, unknown>>>,
  positionals: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  command: string,
): void {
  const format = values.format === undefined ? positionals.find(isFormat) : undefined;
  if (format !== undefined)
    throw new UsageError(forgotten(`${format} is a format, and no file`, `--format ${format}`, command));
  for (const flag of ["format", "output", "diff"]) {
    const taken = environment[`npm_config_${flag}`]?.split("\n")[0];
    if (!taken || values[flag] !== undefined) continue;
    throw new UsageError(
      forgotten(
        `npm took --${flag} for an option of its own`,
        `--${flag} ${taken === "true" ? "…" : taken}`,
        command,
      ),
    );
  }
}

/** A command without -- is no script of npm's, and has its options behind it. */
function forgotten(problem: string, option: string, command: string): string {
  const advice = command.endsWith(" --") ? "put -- before the options" : "put the option behind the command";
  return `${problem}; ${advice}: ${command} ${option}`;
}

function isFormat(text: string): text is Format {
  return (FORMATS as readonly string[]).includes(text);
}

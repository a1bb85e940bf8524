import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A folder of exchanges recorded from a genuine server; empty where the environment names none. */
const RECORDED = process.env.PVE_RECORDED ?? "";

/** What every replay needs: the configuration that the genuine server ran with. */
const WORLD = "world.json";

/** The transcripts, one a file. */
export const TRANSCRIPTS = "transcripts";

/**
 * `describe`, or a visible skip where there are no recordings.
 *
 * @param file what of the folder is replayed
 */
export function describeReplay(name: string, file: string, tests: () => void): void {
  const missing = [WORLD, file].filter((each) => !existsSync(join(RECORDED, each)));
  if (RECORDED !== "" && missing.length === 0) {
    describe(name, tests);
    return;
  }
  const reason =
    RECORDED === "" ? "names no folder of recordings" : `is a folder without ${missing.join(" and ")}`;
  describe.skip(`${name} (PVE_RECORDED ${reason})`, () => {
    test("a replay", () => undefined);
  });
}

/** One request and what the genuine server answered. */
export interface Exchange {
  readonly label: string;
  readonly request?: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  };
  readonly response?: {
    /** Null where the recording client itself refused the request. */
    readonly status: number | null;
    readonly reason: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body_text: string;
    readonly body?: unknown;
  };
  /** Bytes as they went over the wire, for what no HTTP client sends. */
  readonly raw_request?: string;
  readonly raw_response?: string;
}

/** Exchanges in the order in which they happened. */
export interface Transcript {
  readonly name: string;
  readonly description: string;
  readonly exchanges: readonly Exchange[];
}

/** Files by name, as they lie below /etc/pve. */
export type WorldFiles = Readonly<Record<string, string>>;

/** The configuration that the genuine server ran with. */
export function readWorld(): WorldFiles {
  return readJson(WORLD) as WorldFiles;
}

/** Every transcript of the folder. */
export function readTranscripts(): Transcript[] {
  return readdirSync(join(RECORDED, TRANSCRIPTS))
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => readJson(join(TRANSCRIPTS, file)) as Transcript);
}

/** What a file of the folder holds. */
export function readJson(file: string): unknown {
  return JSON.parse(readFileSync(join(RECORDED, file), "utf8"));
}

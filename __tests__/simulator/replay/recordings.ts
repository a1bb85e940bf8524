import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A folder of exchanges recorded from a genuine server; absent where the environment names none. */
export const RECORDED = process.env.PVE_RECORDED;

/** `describe`, or a visible skip where there are no recordings. */
export const describeReplay: (name: string, tests: () => void) => void =
  RECORDED === undefined
    ? (name, tests) => {
        describe.skip(`${name} (PVE_RECORDED names no folder of recordings)`, tests);
      }
    : describe;

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
  return (readJson("world.json") ?? {}) as WorldFiles;
}

/** Every transcript of the folder. */
export function readTranscripts(): Transcript[] {
  if (RECORDED === undefined) return [];
  return readdirSync(join(RECORDED, "transcripts"))
    .filter((file) => file.endsWith(".json"))
    .sort()
    .map((file) => readJson(join("transcripts", file)) as Transcript);
}

/** What a file of the folder holds; undefined where there is no such file. */
export function readJson(file: string): unknown {
  if (RECORDED === undefined || !existsSync(join(RECORDED, file))) return undefined;
  return JSON.parse(readFileSync(join(RECORDED, file), "utf8"));
}

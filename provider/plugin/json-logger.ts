import fs from "node:fs";
import type { LogFields, Logger, LogLevel } from "../logger";
import { LOG_LEVELS } from "../logger";

/** What a log is made of. */
export interface LogSettings {
  readonly level: LogLevel;
  /** File to append to. @default - standard error alone */
  readonly file?: string;
  /** What a person should know about the settings, a sentence each. */
  readonly remarks: readonly string[];
}

function isLevel(text: string): text is LogLevel {
  return (LOG_LEVELS as readonly string[]).includes(text);
}

/**
 * Log settings from a variable with the level (error, warn, info or debug; default warn) and one with a file's path.
 *
 * Terraform passes on what a provider writes only where TF_LOG or TF_LOG_PROVIDER is set, so that a level set alone
 * would show nothing; that is remarked on.
 */
export function logSettings(
  environment: NodeJS.ProcessEnv,
  levelVariable: string,
  pathVariable: string,
): LogSettings {
  const wanted = environment[levelVariable]?.trim().toLowerCase() ?? "";
  const file = environment[pathVariable] ?? "";
  const remarks: string[] = [];
  if (wanted !== "" && !isLevel(wanted)) {
    remarks.push(
      `${levelVariable} is "${wanted}"; allowed are ${LOG_LEVELS.join(", ")}. The level is now warn.`,
    );
  } else if (wanted !== "" && file === "" && !environment.TF_LOG && !environment.TF_LOG_PROVIDER) {
    remarks.push(
      `${levelVariable} is set, but Terraform shows no provider's log by itself. ` +
        `Set ${pathVariable} to a file to log to, or TF_LOG_PROVIDER=${wanted} to see the log on the terminal.`,
    );
  }
  return { level: isLevel(wanted) ? wanted : "warn", ...(file === "" ? {} : { file }), remarks };
}

/** The time with exactly six fractional digits: a line with any other number is taken for plain text. */
function timestamp(): string {
  return new Date().toISOString().replace("Z", "000Z");
}

/** One log line as Terraform reads it, without line end. */
function logLine(level: LogLevel, message: string, fields: LogFields = {}): string {
  // Names with @ are the line's own; a field must not displace one.
  const own = Object.fromEntries(Object.entries(fields).filter(([name]) => !name.startsWith("@")));
  return JSON.stringify({ "@level": level, "@message": message, "@timestamp": timestamp(), ...own });
}

/**
 * A logger that writes JSON lines.
 *
 * @param write Takes one line with its line end.
 */
export function createLogger(level: LogLevel, write: (line: string) => void): Logger {
  const most = LOG_LEVELS.indexOf(level);
  const at = (own: LogLevel) => (message: string, fields?: LogFields) => {
    if (LOG_LEVELS.indexOf(own) <= most) write(`${logLine(own, message, fields)}\n`);
  };
  return { error: at("error"), warn: at("warn"), info: at("info"), debug: at("debug") };
}

/** Writes lines to standard error, and to a file where one is set; a file that cannot be opened is a remark. */
export function openLog(settings: LogSettings): {
  write: (line: string) => void;
  remarks: readonly string[];
} {
  const toStandardError = (line: string): void => {
    process.stderr.write(line);
  };
  if (settings.file === undefined) return { write: toStandardError, remarks: settings.remarks };
  try {
    // Several provider processes share the file in one run: appending keeps their lines whole.
    const descriptor = fs.openSync(settings.file, "a", 0o600);
    const write = (line: string): void => {
      toStandardError(line);
      try {
        fs.writeSync(descriptor, line);
      } catch {
        // A full disk must not fail what is being logged.
      }
    };
    return { write, remarks: settings.remarks };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const remark = `The log file "${settings.file}" cannot be opened (${reason}). Name a file that can be written.`;
    return { write: toStandardError, remarks: [...settings.remarks, remark] };
  }
}

import fs from "node:fs";
import { createCertificate } from "./certificate";
import { handshakeLine, readInvitation } from "./handshake";
import { catchStrayErrors } from "./in-flight";
import { createLogger, logSettings, openLog } from "./json-logger";
import { followTerraform, reserveStandardOutput } from "./process-life";
import type { Provider } from "./provider";
import { startServer } from "./server";
import { Session } from "./session";
import { makeSocketPlace } from "./socket";

/** How a provider is served. */
export interface ServeOptions {
  /**
   * Environment variable with the log level: error, warn, info or debug. The one with `PATH` for `LEVEL` names a file to
   * log to, beside standard error.
   * @default - `<NAME>_LOG_LEVEL`
   */
  readonly logLevelVariable?: string;
}

const STANDARD_OUTPUT = 1;

/**
 * Runs this process as a Terraform provider until Terraform is done with it.
 *
 * Run by hand it says what it is on standard error, and the exit code is 1.
 */
export async function serveProvider(provider: Provider<unknown>, options: ServeOptions = {}): Promise<void> {
  const invitation = readInvitation(process.env, provider);
  if ("problem" in invitation) {
    process.stderr.write(`${invitation.problem}\n`);
    process.exitCode = 1;
    return;
  }
  reserveStandardOutput();
  const levelVariable = options.logLevelVariable ?? `${provider.name.toUpperCase()}_LOG_LEVEL`;
  const pathVariable = levelVariable.replace(/LEVEL$/, "PATH");
  const settings = logSettings(process.env, levelVariable, pathVariable);
  const { write, remarks } = openLog(settings);
  const logger = createLogger(settings.level, write);
  for (const remark of remarks) logger.warn(remark);
  catchStrayErrors(logger);

  const socket = makeSocketPlace();
  const exit = (code: number): void => {
    socket.remove();
    process.exit(code);
  };
  followTerraform(exit);
  const own = createCertificate(new Date());
  const tls = { ...own, clientCertificate: invitation.clientCertificate };
  try {
    await startServer(new Session(provider, logger, remarks), socket.path, tls, () => {
      exit(0);
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    logger.error(`The provider cannot listen on ${socket.path}: ${reason}`);
    exit(1);
    return;
  }
  fs.writeSync(STANDARD_OUTPUT, handshakeLine(socket.path, own.certificate));
}

import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** How long a ticket lasts, in seconds. */
const LIFE_SECONDS = 2 * 60 * 60;
/** How far a ticket may come from the future, in seconds: clocks differ. */
const CLOCK_SKEW_SECONDS = 5 * 60;

/** A login: what a client sends with every call, and with every call that changes something. */
export interface Login {
  readonly ticket: string;
  readonly csrfPreventionToken: string;
}

/** Issues and verifies tickets. They last for two hours of real time, because their clients count it so. */
export class Tickets {
  readonly #key = randomBytes(32);

  /** @param nowSeconds seconds since the epoch */
  constructor(private readonly nowSeconds: () => number) {}

  /** Logs a user in. */
  issue(user: string): Login {
    const time = Math.floor(this.nowSeconds()).toString(16).toUpperCase().padStart(8, "0");
    return {
      ticket: `PVE:${user}:${time}::${this.#sign("sha512", `${user}:${time}`)}`,
      csrfPreventionToken: `${time}:${this.#csrfSignature(user, time)}`,
    };
  }

  /** The user of a ticket, or undefined for one that is forged or too old. */
  userOf(ticket: string): string | undefined {
    const [, user = "", time = "", signature = ""] = /^PVE:([^:]+):([0-9A-F]{8})::(.+)$/.exec(ticket) ?? [];
    if (!isSame(signature, this.#sign("sha512", `${user}:${time}`))) return undefined;
    return this.#isInTime(time) ? user : undefined;
  }

  /** Whether it is the token that came with a ticket of that user. */
  isCsrfTokenOf(user: string, token: string): boolean {
    const [time = "", signature = ""] = token.split(":");
    return isSame(signature, this.#csrfSignature(user, time)) && this.#isInTime(time);
  }

  #csrfSignature(user: string, time: string): string {
    return this.#sign("sha256", `csrf:${user}:${time}`).replace(/=+$/, "");
  }

  #sign(algorithm: string, text: string): string {
    return createHmac(algorithm, this.#key).update(text).digest("base64");
  }

  #isInTime(time: string): boolean {
    const ageSeconds = this.nowSeconds() - parseInt(time, 16);
    return ageSeconds > -CLOCK_SKEW_SECONDS && ageSeconds < LIFE_SECONDS;
  }
}

function isSame(sent: string, known: string): boolean {
  const [left, right] = [Buffer.from(sent), Buffer.from(known)];
  return left.length === right.length && timingSafeEqual(left, right);
}

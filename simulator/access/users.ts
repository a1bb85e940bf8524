import { randomUUID, timingSafeEqual } from "node:crypto";
import { type Caller, printCaller } from "./caller";

/** An API token, without its secret. */
export interface TokenInfo {
  /** Seconds since the epoch. @default - never */
  readonly expire?: number;
  /** Whether it may do only what ACLs of its own allow too. */
  readonly privsep: boolean;
  readonly comment?: string;
}

/** A user. */
export interface User {
  readonly enable: boolean;
  /** Seconds since the epoch. @default - never */
  readonly expire?: number;
  readonly firstname?: string;
  readonly lastname?: string;
  readonly email?: string;
  readonly comment?: string;
}

/** The users of a cluster with their groups, tokens, secrets and passwords. `root@pam` is always there. */
export class Users {
  readonly #users = new Map<string, User>([["root@pam", { enable: true }]]);
  readonly #groups = new Map<string, Set<string>>();
  readonly #tokens = new Map<string, { readonly owner: string; readonly id: string; info: TokenInfo }>();
  readonly #secrets = new Map<string, string>();
  readonly #passwords = new Map<string, string>();

  /** The user of that name, or undefined. */
  find(user: string): User | undefined {
    return this.#users.get(user);
  }

  /** Names of all users, in the order of the alphabet. */
  list(): string[] {
    return [...this.#users.keys()].sort();
  }

  /** Adds or replaces a user. */
  set(user: string, properties: User): void {
    this.#users.set(user, properties);
  }

  /** Removes a user with its tokens, and from its groups. */
  delete(user: string): void {
    for (const { id } of this.tokensOf(user)) this.deleteToken({ user, tokenId: id });
    for (const members of this.#groups.values()) members.delete(user);
    this.#passwords.delete(user);
    this.#users.delete(user);
  }

  /** Whether a user exists, is enabled and has not expired. */
  isActive(user: string, nowSeconds: number): boolean {
    const properties = this.find(user);
    return properties?.enable === true && !hasExpired(properties, nowSeconds);
  }

  /** Adds a group, or members to it. */
  addToGroup(group: string, users: readonly string[]): void {
    this.#groups.set(group, new Set([...(this.#groups.get(group) ?? []), ...users]));
  }

  /** Whether there is such a group. */
  hasGroup(group: string): boolean {
    return this.#groups.has(group);
  }

  /** The groups that a user is in. */
  groupsOf(user: string): string[] {
    return [...this.#groups].filter(([, members]) => members.has(user)).map(([group]) => group);
  }

  /** A token, or undefined. */
  findToken(caller: Caller): TokenInfo | undefined {
    return this.#tokens.get(printCaller(caller))?.info;
  }

  /** The tokens of a user, in the order of the alphabet. */
  tokensOf(user: string): { readonly id: string; readonly info: TokenInfo }[] {
    return [...this.#tokens.values()]
      .filter(({ owner }) => owner === user)
      .sort((one, other) => (one.id < other.id ? -1 : 1));
  }

  /**
   * Adds or changes a token.
   *
   * @param tokenId without its user
   */
  setToken(user: string, tokenId: string, info: TokenInfo): void {
    this.#tokens.set(printCaller({ user, tokenId }), { owner: user, id: tokenId, info });
  }

  /** Removes a token with its secret. */
  deleteToken(caller: Caller): void {
    this.#tokens.delete(printCaller(caller));
    this.#secrets.delete(printCaller(caller));
  }

  /**
   * Sets the secret of a token.
   *
   * @default - a random one
   */
  setSecret(caller: Caller, secret: string = randomUUID()): string {
    this.#secrets.set(printCaller(caller), secret);
    return secret;
  }

  /** Whether a token may log in with that secret. */
  isTokenValid(caller: Caller, secret: string, nowSeconds: number): boolean {
    const info = this.findToken(caller);
    if (info === undefined || hasExpired(info, nowSeconds) || !this.isActive(caller.user, nowSeconds)) {
      return false;
    }
    return isSame(secret, this.#secrets.get(printCaller(caller)));
  }

  /** Sets the password of a user. */
  setPassword(user: string, password: string): void {
    this.#passwords.set(user, password);
  }

  /** Whether that is the password of the user; a user without one cannot log in. */
  isPassword(user: string, password: string): boolean {
    return isSame(password, this.#passwords.get(user));
  }
}

function hasExpired({ expire = 0 }: { readonly expire?: number }, nowSeconds: number): boolean {
  return expire !== 0 && expire <= nowSeconds;
}

/** Compares in a time that tells nothing of where two secrets differ. */
function isSame(sent: string, known: string | undefined): boolean {
  if (known === undefined) return false;
  const [left, right] = [Buffer.from(sent), Buffer.from(known)];
  return left.length === right.length && timingSafeEqual(left, right);
}

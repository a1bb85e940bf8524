import type { SimulatorOptions } from "./options";

/** Who may do what. */
export interface AccessOptions {
  /**
   * Users, groups, tokens, roles, pools and ACLs, as the text of a cluster's `/etc/pve/user.cfg`.
   *
   * @default - the user of `token`, with the role Administrator on `/`, and `token` without privilege separation
   */
  readonly userConfig?: string;
  /**
   * The secrets of tokens, lower-case UUIDs, by `USER@REALM!TOKENID`. A token without one cannot log in.
   *
   * @default - none but that of `token`
   */
  readonly secrets?: Readonly<Record<string, string>>;
  /**
   * Passwords by `USER@REALM`. A user without one gets no ticket.
   *
   * @default - none
   */
  readonly passwords?: Readonly<Record<string, string>>;
}

/** The name of the token that the simulator shows whoever starts it. */
export function shownToken({ token }: SimulatorOptions): { user: string; tokenId: string } {
  return { user: token?.user ?? "terraform@pve", tokenId: token?.tokenId ?? "provider" };
}

/** The `user.cfg` that is in force. */
export function userConfigOf(options: SimulatorOptions): string {
  if (options.access?.userConfig !== undefined) return options.access.userConfig;
  const { user, tokenId } = shownToken(options);
  return [`user:${user}:1:0::::::`, `token:${user}!${tokenId}:0:0::`, `acl:1:/:${user}:Administrator:`].join(
    "\n",
  );
}

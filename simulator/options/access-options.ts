import type { SimulatorOptions } from "./options";

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

/** Who makes a call: a user, by one of its tokens or by a ticket. */
export interface Caller {
  /** `USER@REALM` */
  readonly user: string;
  /** @default - logged in by a ticket */
  readonly tokenId?: string;
}

/** A caller as UPIDs and ACLs name it: `USER@REALM!TOKENID`, or `USER@REALM` with a ticket. */
export function printCaller({ user, tokenId }: Caller): string {
  return tokenId === undefined ? user : `${user}!${tokenId}`;
}

/** Reads what {@link printCaller} writes; undefined for what is neither a user nor a token. */
export function parseCaller(text: string): Caller | undefined {
  const match = /^([^\s:/!@]+@[A-Za-z][A-Za-z0-9.\-_]+)(?:!([A-Za-z][A-Za-z0-9.\-_]+))?$/.exec(text);
  const [, user, tokenId] = match ?? [];
  return user === undefined ? undefined : { user, ...(tokenId !== undefined && { tokenId }) };
}

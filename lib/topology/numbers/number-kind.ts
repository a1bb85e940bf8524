/** A kind of number that each VM has its own of: VM ids, or addresses of one IP version. */
export interface NumberKind {
  /** What one of them is called: "VM id", "address". */
  readonly noun: string;
  /** What to know before following advice to have others. */
  readonly caution: string;
  /** What to do where none is free: "use a larger network". */
  readonly widen: string;
  /** The number that a text stands for, which the reader has found good. */
  readonly parse: (text: string) => bigint;
  readonly format: (value: bigint) => string;
}

/** Proxmox VM ids. */
export const vmIdKind: NumberKind = {
  noun: "VM id",
  caution: " (but a cluster that is deployed is made anew under other ids)",
  widen: "agree on a larger range (proxmox.vmIds)",
  parse: BigInt,
  format: String,
};

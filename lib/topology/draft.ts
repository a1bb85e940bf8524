/**
 * A topology while it is being checked: exactly the shape of its input, as far as its single values are good.
 *
 * A key that is left out in the input is left out here. A key that is there with the value undefined was bad, and is
 * among the faults already: nothing may follow from it. A list is good as a whole or not at all; of a mapping the good
 * entries stay. A text that stands for something (an address, a range) stays the text, and is sure to parse.
 * Nothing is merged and no default is filled in.
 */
import type { ClusterInput, PoolInput, TopologyInput } from "./input";

/** Good values of `T`: every key of every mapping may be missing, or undefined where its value was bad. */
export type Draft<T> = T extends readonly unknown[] | string | number | boolean | null | undefined
  ? T
  : { readonly [Key in keyof T]?: Draft<T[Key]> | undefined };

/** A topology as far as its single values are good. */
export type TopologyDraft = Draft<TopologyInput>;

/** One cluster as far as its single values are good. */
export type ClusterInputDraft = Draft<ClusterInput>;

/** One pool as far as its single values are good. */
export type PoolDraft = Draft<PoolInput>;

/**
 * What a topology file holds, as types: the same keys, for those who write their topology in TypeScript.
 * The rules that the values must keep are in `schema` and in the checks beside it. Editors and docs/CONFIGURATION.md
 * take their words from here: `@default` and `@example` hold a value as JSON, or, after a hyphen, words.
 */
export type * from "./cluster";
export type * from "./network";
export type * from "./pool";
export type * from "./proxmox";
export type * from "./sizes";
export type * from "./topology";

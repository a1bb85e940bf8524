import type { Rule } from "./rule";
import { evenServers, manyServers, noServers } from "./server-count";

/** Every rule that is checked on a resolved topology, kin beside each other, as the documentation lists them. */
export const rules: readonly Rule[] = [noServers, evenServers, manyServers];

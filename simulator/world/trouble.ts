/** What is wrong with the hosts and guests of the cluster at the moment; nothing, unless somebody makes it so. */
export class Trouble {
  /** Nodes that cannot be reached. */
  readonly offlineNodes = new Set<string>();
  /** Simulated seconds from a VM's start to its agent's first answer, by VM id, in the place of the profile's. */
  readonly agentSeconds = new Map<number, number>();
}

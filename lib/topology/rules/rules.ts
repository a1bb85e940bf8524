import { unlistedNode, unusedStorage } from "./declared-names";
import { serversByDhcp } from "./dhcp";
import { majorityOnOneHost, serversOnOneHost } from "./hosts";
import { appsNotWaiting, singleServerManager } from "./manager";
import { managerBelowMinimum, memoryTooSmall, vmBelowMinimum } from "./minimum-sizes";
import { clusterNetworkRange, networksOverlap, podNetworkFull } from "./networks";
import { coresOvercommit, memoryOvercommit, storageOvercommit } from "./overcommit";
import { placementNotRecorded } from "./placement";
import { overlappingRanges } from "./ranges-overlap";
import { resolverUnreachable } from "./resolvers";
import type { Rule } from "./rule";
import { evenServers, manyServers, noServers } from "./server-count";
import { diskBelowTemplate } from "./template-disk";
import { vmIdOutOfRange } from "./vm-ids";

/** Every rule that is checked on a resolved topology, kin beside each other, as the documentation lists them. */
export const rules: readonly Rule[] = [
  noServers,
  evenServers,
  manyServers,
  serversOnOneHost,
  majorityOnOneHost,
  placementNotRecorded,
  unlistedNode,
  unusedStorage,
  serversByDhcp,
  singleServerManager,
  managerBelowMinimum,
  vmBelowMinimum,
  memoryTooSmall,
  appsNotWaiting,
  podNetworkFull,
  diskBelowTemplate,
  vmIdOutOfRange,
  overlappingRanges,
  networksOverlap,
  clusterNetworkRange,
  resolverUnreachable,
  coresOvercommit,
  memoryOvercommit,
  storageOvercommit,
];

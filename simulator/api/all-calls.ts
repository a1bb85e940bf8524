import { ACCESS_CALLS } from "./access-calls";
import { ACL_CALLS } from "./acl-calls";
import { CLUSTER_CALLS } from "./cluster-calls";
import type { Endpoint } from "./endpoint";
import { NETWORK_CALLS } from "./network-calls";
import { NODE_CALLS } from "./node-calls";
import { POOL_CALLS } from "./pool-calls";
import { STORAGE_CONTENT_CALLS } from "./storage-content-calls";
import { TASK_CALLS } from "./task-calls";
import { USER_CALLS } from "./user-calls";
import { VM_AGENT_CALLS } from "./vm-agent-calls";
import { VM_CLOUD_INIT_CALLS } from "./vm-cloud-init-calls";
import { VM_CONFIG_CALLS } from "./vm-config-calls";
import { VM_CREATE_CALLS } from "./vm-create-calls";
import { VM_INDEX_CALLS } from "./vm-index-calls";
import { VM_LIFE_CALLS } from "./vm-life-calls";
import { VM_SNAPSHOT_CALLS } from "./vm-snapshot-calls";
import { VM_MIGRATE_CALLS } from "./vm-migrate-calls";
import { VM_POWER_CALLS } from "./vm-power-calls";

/** Every call that is simulated. */
export const ALL_CALLS: readonly Endpoint[] = [
  ...ACCESS_CALLS,
  ...ACL_CALLS,
  ...USER_CALLS,
  ...CLUSTER_CALLS,
  ...NODE_CALLS,
  ...NETWORK_CALLS,
  ...POOL_CALLS,
  ...STORAGE_CONTENT_CALLS,
  ...TASK_CALLS,
  ...VM_CONFIG_CALLS,
  ...VM_CLOUD_INIT_CALLS,
  ...VM_CREATE_CALLS,
  ...VM_LIFE_CALLS,
  ...VM_POWER_CALLS,
  ...VM_SNAPSHOT_CALLS,
  ...VM_MIGRATE_CALLS,
  ...VM_AGENT_CALLS,
  ...VM_INDEX_CALLS,
];

/** A Proxmox VE 9 API over HTTPS on the loopback interface, with state, tasks, locks and time, but no hosts behind it. */
export type { FaultControl } from "./faults/control";
export type { FaultState, FaultStrike } from "./faults/fault-list";
export type { FaultRule } from "./faults/rule";
export { InvalidOptions } from "./options/check-options";
export type {
  AccessOptions,
  ApiToken,
  HardwareOptions,
  RequestRecord,
  SimulatorOptions,
  StorageOptions,
  TemplateOptions,
  VmOptions,
} from "./options/options";
export { type Simulator, startSimulator } from "./server/simulator";
export type { DiskSnapshot, TaskSnapshot, VmSnapshot, VolumeSnapshot } from "./server/snapshots";
export { DEFAULT_TIMING_PROFILE, type TimingProfile } from "./world/timing-profile";

/** A Proxmox VE 9 API over HTTPS on the loopback interface, with state, tasks, locks and time, but no hosts behind it. */
export type { ApiToken } from "./http/authentication";
export { InvalidOptions } from "./check-options";
export type { RequestRecord, SimulatorOptions, StorageOptions, TemplateOptions } from "./options";
export { type Simulator, startSimulator } from "./simulator";
export type { DiskSnapshot, TaskSnapshot, VmSnapshot, VolumeSnapshot } from "./snapshots";
export { DEFAULT_TIMING_PROFILE, type TimingProfile } from "./timing-profile";

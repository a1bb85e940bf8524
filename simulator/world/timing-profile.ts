/**
 * How long things take, in simulated seconds: a real second divided by the simulator's `speed`.
 *
 * The defaults add up to a VM in 20 to 30 s: clone 14 s, configure 0.3 s, resize 1 s, start 2 s, boot to agent 7 s.
 */
export interface TimingProfile {
  /** A full clone of all disks of a VM. @default 14 */
  readonly fullCloneSeconds: number;
  /** A linked clone. @default 0.6 */
  readonly linkedCloneSeconds: number;
  /** A change of configuration. @default 0.3 */
  readonly configureSeconds: number;
  /** Growing a disk. @default 1 */
  readonly resizeSeconds: number;
  /** Starting a VM's process. @default 2 */
  readonly startSeconds: number;
  /** From the end of the start task to the first answer of the guest agent. @default 7 */
  readonly bootSeconds: number;
  /** Stopping a VM the hard way. @default 1 */
  readonly stopSeconds: number;
  /** A guest that shuts itself down. @default 3 */
  readonly shutdownSeconds: number;
  /** Taking, removing or going back to a snapshot. @default 1 */
  readonly snapshotSeconds: number;
  /** Moving a VM to another node, whatever its disks. @default 5 */
  readonly migrateSeconds: number;
  /** Removing a VM with its disks. @default 2 */
  readonly destroySeconds: number;
  /** From a host's reboot to the moment it can be reached again. @default 60 */
  readonly hostBootSeconds: number;
  /** How long a call to a guest agent that does not answer takes. @default 3 */
  readonly agentTimeoutSeconds: number;
  /** How long a refused login takes. @default 3 */
  readonly refusedLoginSeconds: number;
  /** How often `GET /cluster/resources` learns of states and names; 0 for never. @default 10 */
  readonly statisticsSeconds: number;
}

/** The profile that is used where none is given. */
export const DEFAULT_TIMING_PROFILE: TimingProfile = {
  fullCloneSeconds: 14,
  linkedCloneSeconds: 0.6,
  configureSeconds: 0.3,
  resizeSeconds: 1,
  startSeconds: 2,
  bootSeconds: 7,
  stopSeconds: 1,
  shutdownSeconds: 3,
  snapshotSeconds: 1,
  migrateSeconds: 5,
  destroySeconds: 2,
  hostBootSeconds: 60,
  agentTimeoutSeconds: 3,
  refusedLoginSeconds: 3,
  statisticsSeconds: 10,
};

/** A place that a data disk is asked for holds something else, which is not for this resource to take out. */
export class OccupiedDiskError extends Error {
  constructor(device: string, stored: string) {
    super(
      `${device} holds "${stored}", which is no disk on a storage: it was not touched. Ask for the disk at a free device.`,
    );
  }
}

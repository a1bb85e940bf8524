import { failure } from "../schema/api-error";
import { GIB, MIB } from "../schema/sizes";
import { type Clock, Interrupted } from "../world/clock";
import type { TaskHandle } from "../world/tasks";
import type { Volume } from "../world/volumes";

/** A disk to be copied. */
interface DiskCopy {
  readonly source: Volume;
  readonly target: Volume;
  /** Where the host sees the volumes. */
  readonly from: string;
  readonly to: string;
  /** Simulated seconds. */
  readonly seconds: number;
}

/**
 * Copies a disk's data, with a line of progress for every percent, as `qemu-img convert` prints them. A line is seen
 * only when the next one is begun. Of an empty disk nothing is read; a raw one is gone through once more at the end.
 *
 * @throws ApiError 500 when the task is interrupted
 */
export async function copyDisk(clock: Clock, task: TaskHandle, copy: DiskCopy): Promise<void> {
  const total = copy.source.sizeBytes;
  const progress = (percent: number): void => {
    const done = printAmount((total * percent) / 100);
    task.log(`transferred ${done} of ${printAmount(total)} (${percent.toFixed(2)}%)`);
  };
  const isEmpty = copy.source.content.kind === "empty";
  const percents = isEmpty ? [100] : Array.from({ length: 100 }, (_, index) => index + 1);
  let begun = 0;
  try {
    for (const percent of percents) {
      await clock.sleep(copy.seconds / percents.length, task.signal);
      progress(begun);
      begun = percent;
    }
    progress(100);
    if (copy.source.format === "raw") progress(100);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
    const formats = `-f ${copy.source.format} -O ${copy.target.format}`;
    const command = `/usr/bin/qemu-img convert -p -n ${formats} ${copy.from} zeroinit:${copy.to}`;
    throw failure(`copy failed: command '${command}' failed: interrupted by signal`);
  }
}

function printAmount(bytes: number): string {
  if (bytes >= GIB) return `${(bytes / GIB).toFixed(1)} GiB`;
  if (bytes >= MIB) return `${(bytes / MIB).toFixed(1)} MiB`;
  return `${bytes.toFixed(1)} B`;
}

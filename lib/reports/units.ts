/** A whole number with its thousands apart: "10,000". */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

/** "1 VM", "3 VMs". */
export function countOf(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}

/** Memory to the last MiB: "8 GiB", "1,500 MiB". */
export function formatMemory(mebibytes: number): string {
  return mebibytes % 1024 === 0 ? formatDisk(mebibytes / 1024) : `${formatCount(mebibytes)} MiB`;
}

/** "120 GiB". */
export function formatDisk(gibibytes: number): string {
  return `${formatCount(gibibytes)} GiB`;
}

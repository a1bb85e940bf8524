/** Whether the environment is that of a pipeline: every common one sets `CI`. "", "0" and "false" say that it is none. */
export function isPipeline({ CI = "" }: Readonly<Record<string, string | undefined>>): boolean {
  return !["", "0", "false"].includes(CI);
}

import { type Format, FormatError } from "../schema/types";

/** Takes a fault of the options: where, the value got, what is allowed. */
export type Report = (path: string, got: unknown, advice: string) => void;

/** Whether a value has a format. */
export function fits(format: Format, value: string): boolean {
  try {
    format.check(value, "");
    return true;
  } catch (error) {
    if (error instanceof FormatError) return false;
    throw error;
  }
}

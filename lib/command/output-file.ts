import * as fs from "node:fs";
import * as path from "node:path";
import { writeFile } from "../files/write-file";
import { FileError } from "./file-error";
import { UsageError } from "./flags";

/**
 * Refuses to write over what a report is read from. Devices and pipes may be both.
 * @param output the file to write to
 * @param read the files that were read
 * @throws UsageError
 */
export function checkOutput(output: string, read: readonly string[]): void {
  const target = realPath(output);
  if (isDevice(target) || !read.some((file) => realPath(file) === target)) return;
  throw new UsageError(
    `--output ${output}: what is printed is read from this file, and would take its place; name another file`,
  );
}

/**
 * Writes a report to its file.
 * @throws FileError
 */
export function saveOutput(output: string, text: string): void {
  try {
    writeFile(output, text);
  } catch (error) {
    const { code = String(error) } = error as NodeJS.ErrnoException;
    throw new FileError(`${output}: cannot be written (${code}); name another file with --output`);
  }
}

function isDevice(file: string): boolean {
  try {
    return !fs.statSync(file).isFile();
  } catch {
    // That it cannot be written is told when it is tried.
    return false;
  }
}

/** A path without links; of a file that is not there yet, as far as its folder is. */
function realPath(file: string): string {
  try {
    return fs.realpathSync(file);
  } catch {
    const folder = path.dirname(path.resolve(file));
    return folder === file ? file : path.join(realPath(folder), path.basename(file));
  }
}

/** A file that cannot be read or written, or that holds something else: the user's mistake. */
export class FileError extends Error {
  override readonly name = "FileError";
}

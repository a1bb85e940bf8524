import { readAtMost } from "../../files/read-at-most";

/** Room for a thousand clusters, each with a page of comments. */
const LARGEST_FILE_BYTES = 1024 * 1024;

/** Why a file cannot be read, and what to do. */
export interface Unreadable {
  readonly problem: string;
  readonly fix: string;
}

/**
 * The text of a file, or why it cannot be read.
 * @param elsewhere how to name another file: " with TOPOLOGY=path"
 */
export function readText(file: string, elsewhere: string): string | Unreadable {
  try {
    const bytes = readAtMost(file, LARGEST_FILE_BYTES + 1);
    if (bytes.length > LARGEST_FILE_BYTES) {
      return { problem: `is larger than ${LARGEST_FILE_BYTES / 1024} KiB`, fix: "is it a topology at all?" };
    }
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    return reasonOf(error, elsewhere);
  }
}

function reasonOf(error: unknown, elsewhere: string): Unreadable {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  switch (code) {
    case "ENOENT":
      return { problem: "there is no such file", fix: `create it, or name another one${elsewhere}` };
    case "EISDIR":
      return { problem: "is a folder", fix: `name the file in it${elsewhere}` };
    case "EACCES":
    case "EPERM":
      return { problem: "may not be read", fix: "give yourself the right to read it" };
    case "ERR_ENCODING_INVALID_ENCODED_DATA":
      return { problem: "is not UTF-8 text", fix: "save it as UTF-8" };
    default:
      return { problem: `cannot be read (${code})`, fix: `name another file${elsewhere}` };
  }
}

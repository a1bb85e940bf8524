import * as fs from "node:fs";
import * as path from "node:path";

const PERMISSION_BITS = 0o7777;

/**
 * Writes a file whole or not at all: who reads it meanwhile sees the old one. A file that is there keeps its permissions,
 * which its draft has from the first; a link is followed; what is no file, such as /dev/stdout, is written to as it stands.
 * @throws Error of the file system
 */
export function writeFile(file: string, text: string): void {
  const existing = fs.statSync(file, { throwIfNoEntry: false });
  if (existing && !existing.isFile()) {
    fs.writeFileSync(file, text);
    return;
  }
  const target = existing ? fs.realpathSync(file) : file;
  const draft = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}`);
  try {
    const mode = existing && existing.mode & PERMISSION_BITS;
    // Made so, nobody reads meanwhile what few may read; but the umask cuts it.
    fs.writeFileSync(draft, text, { mode });
    if (mode !== undefined) fs.chmodSync(draft, mode);
    fs.renameSync(draft, target);
  } catch (error) {
    fs.rmSync(draft, { force: true });
    throw error;
  }
}

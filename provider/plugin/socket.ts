import fs from "node:fs";
import os from "node:os";
import path from "node:path";

/** macOS allows 103 bytes, Linux 107. */
const LONGEST_SOCKET_PATH = 100;

/** Where a server listens. */
export interface SocketPlace {
  readonly path: string;
  /** Removes the socket and its folder. */
  remove(): void;
}

/** A place for a socket in a new folder that only this user can enter. @param folder Where to make it, if the path is not too long there. */
export function makeSocketPlace(folder = os.tmpdir()): SocketPlace {
  const name = path.join("tf-provider-XXXXXX", "socket");
  const base = Buffer.byteLength(path.join(folder, name)) <= LONGEST_SOCKET_PATH ? folder : "/tmp";
  const own = fs.mkdtempSync(path.join(base, "tf-provider-"));
  return {
    path: path.join(own, "socket"),
    remove: () => {
      fs.rmSync(own, { recursive: true, force: true });
    },
  };
}

import type { Path } from "./value";

/** A value that does not fit its schema, or that cannot be held exactly; `message` is a full sentence. */
export class ValueError extends Error {
  constructor(
    /** Where the value stands in its resource. */
    readonly path: Path,
    message: string,
  ) {
    super(message);
    this.name = "ValueError";
  }
}

import { type ApiError, failure } from "../schema/api-error";
import { splitList } from "../schema/formats";

/** A value that the file shows as nothing but the key; it reads back as one blank. */
const BLANK = " ";

/**
 * What the configuration file holds of a value, as it reads back.
 *
 * Blanks around it are lost, and an empty one becomes a single blank, except for the keys that vanish when empty.
 *
 * @returns undefined for a value that removes its key
 * @throws ApiError 500 for a line feed where the file has no way to write one
 */
export function storedValue(key: string, value: string): string | undefined {
  if (key === "description") {
    const text = value.trimEnd();
    return text === "" ? undefined : text;
  }
  if (key === "sshkeys" && value === "") return undefined;
  if (value.includes("\n")) throw unparsable(key, "property contains a line feed");
  const text = (key === "tags" ? uniqueTags(value) : value).trim();
  return text === "" ? BLANK : text;
}

/** The 500 of a value that cannot be written. */
export function unparsable(key: string, reason: string): ApiError {
  return failure(`unable to parse value of '${key}' - ${reason}`);
}

/** Tags as they are kept: lower case, once each, in the order of the alphabet. */
function uniqueTags(value: string): string {
  return [...new Set(splitList(value).map((tag) => tag.toLowerCase()))].sort().join(";");
}

/** So many names are told one by one; more of them would hide what is to be done. */
const MOST_NAMED = 10;

/** A few of many: "a, b and 7 more". */
export function listed(texts: readonly string[]): string {
  const shown = texts.slice(0, MOST_NAMED).join(", ");
  return texts.length > MOST_NAMED ? `${shown} and ${texts.length - MOST_NAMED} more` : shown;
}

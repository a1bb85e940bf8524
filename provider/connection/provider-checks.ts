import type { Value } from "../plugin/value";
import { parseEndpoint } from "../proxmox/endpoint";
import { parseFingerprint } from "../proxmox/fingerprint";

/**
 * Faults of one provider argument, a sentence each. None repeats what could be secret; an empty text is none, for it
 * leaves the argument to the environment.
 */
type ArgumentCheck = (value: Value) => readonly string[];

function textCheck(faultOf: (text: string) => string | undefined): ArgumentCheck {
  return (value) => {
    const fault = typeof value === "string" && value !== "" ? faultOf(value) : undefined;
    return fault === undefined ? [] : [fault];
  };
}

/** What a parser says about a text that it does not take. */
function parsedBy(parse: (text: string) => unknown): ArgumentCheck {
  return textCheck((text) => {
    try {
      parse(text);
      return undefined;
    } catch (error) {
      const { message } = error as Error;
      return `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
    }
  });
}

/** `endpoint`: an address that {@link parseEndpoint} takes. */
export const checkEndpoint = parsedBy(parseEndpoint);

/** A certificate's SHA-256, as {@link parseFingerprint} takes it. */
export const checkFingerprint = parsedBy(parseFingerprint);

/** A user with its realm. Source: pve-access-control src/PVE/Auth/Plugin.pm (verify_username, realm); printable, for it goes into a header. */
export const checkUser = textCheck((text) =>
  /^(?=[!-~]+$)[^\s:/!]+@[A-Za-z][\w.-]+$/.test(text)
    ? undefined
    : // A whole token is a usual mistake here, with its secret behind the "=".
      `Got "${text.replace(/[!=][^]*$/, "…")}"; allowed is a user with its realm such as "terraform@pve", without the token's name.`,
);

/** The name of a token without its user. Source: pve-access-control src/PVE/AccessControl.pm (token_subid_regex). */
export const checkTokenName = textCheck((text) =>
  /^[A-Za-z][\w.-]+$/.test(text)
    ? undefined
    : 'Allowed is the name of the token alone, such as "provider" of terraform@pve!provider: at least two characters, the first a letter.',
);

/** A token's secret; what was got is not told. */
export const checkTokenSecret = textCheck((text) =>
  /^[!-~]+$/.test(text)
    ? undefined
    : "It holds blanks or characters that no token secret has. Copy it again.",
);

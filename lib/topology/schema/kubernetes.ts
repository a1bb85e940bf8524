/**
 * Labels and taints of Kubernetes nodes.
 * Source: the Kubernetes documentation, "Labels and Selectors" (syntax and character set) and "Taints and
 * Tolerations"; k8s.io/apimachinery pkg/util/validation (IsQualifiedName, IsValidLabelValue).
 */
import { listOf, mappingOf, nameText, text } from "./values";

const DNS_LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";
const NAME = "[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?";
const KEY = `((?=[^/]{1,253}/)${DNS_LABEL}(\\.${DNS_LABEL})*/)?${NAME}`;

/** A prefix of 253 characters, the slash and a name of 63. */
const LONGEST_KEY = 317;

const EFFECTS = "NoSchedule|PreferNoSchedule|NoExecute";

const labelKey = nameText(
  "key of a Kubernetes label",
  new RegExp(`^${KEY}$`),
  LONGEST_KEY,
  'must be the key of a Kubernetes label, such as tier or example.com/tier: at most 63 letters, digits, "-", "_" or ".", a letter or digit first and last',
);

const labelValue = text(
  new RegExp(`^(${NAME})?$`),
  63,
  'must be the value of a Kubernetes label, as text (in quotes where it is a number, true or false): at most 63 letters, digits, "-", "_" or ".", a letter or digit first and last',
);

/** Labels by their keys. */
export const labels = mappingOf(
  labelKey,
  labelValue,
  "a mapping from keys of Kubernetes labels to their values",
);

const taint = text(
  new RegExp(`^${KEY}(=(${NAME})?)?:(${EFFECTS})$`),
  LONGEST_KEY + 1 + 63 + ":PreferNoSchedule".length,
  "must be a taint as kubectl writes it, such as dedicated=db:NoSchedule: a key, a value or none, and NoSchedule, PreferNoSchedule or NoExecute",
);

/** Taints as kubectl writes them; Kubernetes allows each key once with each effect. */
export const taints = listOf(taint, 0, "must be a list of taints, such as [dedicated=db:NoSchedule]", {
  key: (entry) => entry.replace(/=[^:]*/, ""),
  words: "has the same key and effect",
});

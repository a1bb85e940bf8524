import { CLUSTER_ADVICE } from "./cluster-advice";
import { CONFIG_ADVICE } from "./config-advice";
import { PERMISSION_ADVICE } from "./permission-advice";
import { STORAGE_ADVICE } from "./storage-advice";
import { commands, type Advice, type Situation } from "./situation";
import { VM_ADVICE } from "./vm-advice";

/** In this order, for a task's log can hold several: what names a cause comes before what only says that it failed. */
const ADVICE: readonly Advice[] = [
  ...PERMISSION_ADVICE,
  ...VM_ADVICE,
  ...STORAGE_ADVICE,
  ...CLUSTER_ADVICE,
  ...CONFIG_ADVICE,
];

/**
 * What to do about an answer or a task's end.
 *
 * @param said all that Proxmox said, the faults of parameters and the end of a task's log included
 * @param status HTTP status; left out for tasks
 * @returns `undefined` where what Proxmox said is all there is to say
 */
export function adviseSaid(
  said: string,
  status: number | undefined,
  situation: Situation,
): string | undefined {
  if (status === 401) return adviseUnauthorized(situation);
  if (status !== undefined && status >= 300 && status < 400) {
    return "A redirect is not followed, the token would go with it. Give the URL of the API itself, as https://HOST:8006.";
  }
  for (const { said: pattern, advice } of ADVICE) {
    const match = pattern.exec(said);
    if (match !== null) return advice(match, situation);
  }
  if (status !== undefined && status >= 595) return adviseUnreachable(status, situation);
  if (status !== undefined && status >= 502 && status <= 504) {
    return "Something in front of Proxmox answered, for it got no answer from Proxmox itself. Is pveproxy up on the node?";
  }
  if (status === 400) {
    return "Correct the attribute of that name. If it is as the documentation has it, please report this with the message.";
  }
  return undefined;
}

function adviseUnauthorized({ tokenId }: Situation): string {
  const user = tokenId.slice(0, tokenId.lastIndexOf("!"));
  const name = tokenId.slice(tokenId.lastIndexOf("!") + 1);
  return (
    `Proxmox does not know the API token ${tokenId} with this secret, or the token or its user has expired or is disabled. ` +
    "Check api_user (with its realm, as terraform@pve), api_token_id (the name alone) and api_token_secret. As root on " +
    "the node, to see the tokens, and to get a new secret where this one is lost:" +
    commands(
      `pveum user token list '${user}'`,
      `pveum user token remove '${user}' '${name}' && pveum user token add '${user}' '${name}'`,
    ) +
    "\nA token that is added anew has no rights: grant them again, as docs/API_TOKEN.md shows."
  );
}

function adviseUnreachable(status: number, { node }: Situation): string {
  const which = node === undefined ? "The node" : `Node ${node}`;
  return status === 595
    ? `${which} could not be reached through the one that was asked. Run again when it is up (pvecm nodes shows which are).`
    : `${which} took over 30 s to answer, or its answer broke off. Run again when it has less to do.`;
}

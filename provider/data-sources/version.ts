import type { Attribute } from "../plugin/schema";
import type { DataSource } from "../plugin/provider";
import { readVersion } from "../proxmox/inventory";
import type { Proxmox } from "../session/proxmox";
import { reading } from "./reading";

function computedText(description: string): Attribute {
  return { type: "string", computed: true, description };
}

/** The data source `pve_version`. */
export const VERSION: DataSource<Proxmox> = {
  schema: {
    block: {
      description: "The version of Proxmox VE on the node that answers. Any token may read it.",
      attributes: {
        version: computedText("The version in full, such as `9.2.11`."),
        release: computedText("The release that it is of, such as `9.2`."),
        repoid: computedText("The commit it was built from, abbreviated."),
      },
    },
  },
  read: reading(
    () => "read the version of Proxmox",
    async (client) => {
      const { version, release, repoid } = await readVersion(client);
      return { version, release, repoid };
    },
  ),
};

import { isDriveKey } from "./drive-schema";
import { parseProperties, printProperties, propertyFormat } from "./property-string";
import { type Format, FormatError, type PropertySchema } from "./types";

const deviceList: Format = {
  check: (value) => {
    for (const device of value.split(/[,;\s]+/)) {
      if (isDriveKey(device) || /^(?:net|usb|hostpci)\d+$/.test(device)) continue;
      throw new FormatError(`invalid boot device '${device}'`);
    }
  },
};

const SCHEMA: PropertySchema = {
  defaultKey: "legacy",
  keys: {
    legacy: { type: "string", optional: true, pattern: /([acdn]{1,4})/ },
    order: { type: "string", optional: true, format: deviceList },
  },
};

/** The value of the `boot` key. */
export const bootFormat: Format = propertyFormat(SCHEMA, "pve-qm-boot");

/**
 * The devices of a `boot` value, in their order.
 *
 * @returns undefined where the value names none: it is absent, empty or of the older kind (`cdn`)
 */
export function parseBootOrder(value: string | undefined): string[] | undefined {
  if (value === undefined || value.trim() === "") return undefined;
  const { order } = parseProperties(SCHEMA, value, "boot");
  return order?.split(/[,;\s]+/);
}

/** The `boot` value for these devices; a blank for none. */
export function printBootOrder(devices: readonly string[]): string {
  return devices.length === 0 ? " " : printProperties(SCHEMA, { order: devices.join(";") });
}

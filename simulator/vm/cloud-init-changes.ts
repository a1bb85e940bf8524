import { isCloudInitKey } from "../schema/vm-parameters";
import type { Vm } from "../world/vm";

/** One row of the list of what the next cloud-init image will say differently. */
interface CloudInitRow {
  readonly key: string;
  /** What the image says. */
  readonly value?: string;
  /** What the next one will say. */
  readonly pending?: string;
  /** Whether the next one will say nothing. */
  readonly delete?: 1;
}

/** Every key of cloud-init with what the current image says and what the next one will say. */
export function cloudInitRows(vm: Vm): CloudInitRow[] {
  const { config, cloudInitImage: image } = vm;
  const keys = new Set([...Object.keys(config).filter(isCloudInitKey), ...Object.keys(image)]);
  return [...keys].map((key) => {
    const value = shown(key, image[key]);
    const pending = shown(key, config[key]);
    if (pending === undefined) return { key, delete: 1 };
    if (value === undefined) return { key, pending };
    return image[key] === config[key] ? { key, value } : { key, value, pending };
  });
}

function shown(key: string, value: string | undefined): string | undefined {
  return key === "cipassword" && value !== undefined ? "**********" : value;
}

import type { CreateNodeOptions, DocumentOptions, SchemaOptions, ToStringOptions } from "yaml";

/**
 * How every report in YAML is written. Many read YAML 1.1, among them Ansible and whatever is on PyYAML: to these `no`
 * is false and `1:2:3` a number, so what either version would take for more than a text is quoted. What two VMs share
 * is written out for both: an alias would be one more thing to know for a reader.
 */
export const YAML_OPTIONS = {
  compat: "yaml-1.1",
  aliasDuplicateObjects: false,
  lineWidth: 0,
} as const satisfies DocumentOptions & SchemaOptions & CreateNodeOptions & ToStringOptions;

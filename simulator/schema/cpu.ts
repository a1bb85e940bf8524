import { parseProperties } from "./property-string";
import { type Format, FormatError, type PropertySchema } from "./types";

const SCHEMA: PropertySchema = {
  defaultKey: "cputype",
  keys: {
    cputype: { type: "string", optional: true },
    flags: { type: "string", optional: true, pattern: /[+-][a-zA-Z0-9\-_.]+(?:;[+-][a-zA-Z0-9\-_.]+)*/ },
    "guest-phys-bits": { type: "integer", optional: true, minimum: 32, maximum: 64 },
    hidden: { type: "boolean", optional: true },
    "hv-vendor-id": { type: "string", optional: true, pattern: /[a-zA-Z0-9]{1,12}/ },
    "phys-bits": { type: "string", optional: true, pattern: /\d{1,2}|host/ },
    "reported-model": { type: "string", optional: true },
  },
};

/** Each line: a family, then what its variants add to its name. */
const MODELS = new Set(
  [
    ...[
      "486",
      "athlon",
      "Conroe",
      "core2duo",
      "coreduo",
      "host",
      "kvm32",
      "kvm64",
      "max",
      "Penryn",
      "pentium",
    ],
    ...["pentium2", "pentium3", "phenom", "qemu32", "qemu64", "GraniteRapids", "KnightsMill", "SierraForest"],
    ...["Opteron_G1", "Opteron_G2", "Opteron_G3", "Opteron_G4", "Opteron_G5"],
    ...["x86-64-v2", "x86-64-v2-AES", "x86-64-v3", "x86-64-v4"],
    "Broadwell -IBRS -noTSX -noTSX-IBRS",
    "Cascadelake-Server -noTSX -v2 -v4 -v5",
    "Cooperlake -v2",
    "EPYC -IBPB -v3 -v4 -Genoa -Milan -Milan-v2 -Rome -Rome-v2 -Rome-v3 -Rome-v4 -Turin",
    "Haswell -IBRS -noTSX -noTSX-IBRS",
    "Icelake-Client -noTSX",
    "Icelake-Server -noTSX -v3 -v4 -v5 -v6",
    "IvyBridge -IBRS",
    "Nehalem -IBRS",
    "SandyBridge -IBRS",
    "SapphireRapids -v2",
    "Skylake-Client -IBRS -noTSX-IBRS -v4",
    "Skylake-Server -IBRS -noTSX-IBRS -v4 -v5",
    "Westmere -IBRS",
  ].flatMap((line) => {
    const [family = "", ...variants] = line.split(" ");
    return [family, ...variants.map((variant) => family + variant)];
  }),
);

const FLAGS = [
  ...["aes", "amd-no-ssb", "amd-ssbd", "hv-evmcs", "hv-tlbflush", "ibpb", "md-clear", "nested-virt", "pcid"],
  ...["pdpe1gb", "spec-ctrl", "ssbd", "virt-ssbd"],
];

/** The value of the `cpu` key: a model that QEMU knows, with flags that a single VM may set. */
export const cpuFormat: Format = {
  name: "pve-vm-cpu-conf",
  check: (value, path) => {
    const { cputype, flags = "" } = parseProperties(SCHEMA, value, path);
    if (cputype === undefined) throw new FormatError("CPU is missing cputype");
    if (cputype.startsWith("custom-")) {
      throw new FormatError(`Custom cputype '${cputype.slice("custom-".length)}' not found`);
    }
    if (!MODELS.has(cputype)) {
      throw new FormatError(`Built-in cputype '${cputype}' is not defined (missing 'custom-' prefix?)`);
    }
    const unknown = flags.split(";").filter((flag) => flag !== "" && !FLAGS.includes(flag.slice(1)));
    if (unknown.length > 0) {
      throw new FormatError(`VM-specific CPU flags must be a subset of: ${FLAGS.join(", ")}`);
    }
  },
};

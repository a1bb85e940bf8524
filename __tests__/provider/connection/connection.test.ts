import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import tls from "node:tls";
import { emptyObject } from "../../../provider/plugin/schema";
import { validateBlock } from "../../../provider/plugin/validation";
import { UNKNOWN, type ObjectValue } from "../../../provider/plugin/value";
import { readConnection } from "../../../provider/connection/connection";
import { PROVIDER_SCHEMA } from "../../../provider/connection/provider-schema";

const SECRET = "5f0e8c1a-7a3e-4c0b-9d50-1f6b1b1d2c3e";
const FINGERPRINT = "ab".repeat(32);

const EMPTY = emptyObject(PROVIDER_SCHEMA.block);
const GOOD: ObjectValue = {
  ...EMPTY,
  endpoint: "https://pve1:8006",
  api_user: "terraform@pve",
  api_token_id: "provider",
  api_token_secret: SECRET,
};

test("arguments make a connection that verifies certificates", () => {
  expect(readConnection(GOOD, {})).toMatchObject({
    tokenId: "terraform@pve!provider",
    tokenSecret: SECRET,
    insecure: false,
    caCertificates: undefined,
  });
});

test("the environment fills in what the configuration leaves out, and loses against it", () => {
  const environment = {
    PROXMOX_ENDPOINT: "https://other:8006",
    PROXMOX_API_USER: "other@pve",
    PROXMOX_API_TOKEN_ID: "name",
    PROXMOX_API_TOKEN_SECRET: SECRET,
    PROXMOX_INSECURE: "true",
  };
  expect(readConnection({ ...EMPTY, api_user: "terraform@pve" }, environment)).toMatchObject({
    endpoint: new URL("https://other:8006/api2/json"),
    tokenId: "terraform@pve!name",
    insecure: true,
  });
  expect(readConnection({ ...GOOD, insecure: false }, environment)).toMatchObject({ insecure: false });
});

test("every missing argument is told at once, with the variable that could hold it", () => {
  const faults = readConnection(EMPTY, {});
  expect(faults).toMatchObject(
    ["endpoint", "api_user", "api_token_id", "api_token_secret"].map((argument) => ({
      attribute: [argument],
    })),
  );
  expect(JSON.stringify(faults)).toContain("PROXMOX_API_TOKEN_SECRET");
});

test.each([
  [{ api_user: "terraform" }, "with its realm"],
  [{ api_user: "terraform@pve!provider" }, "without the token's name"],
  [{ api_user: "jürgen@pve" }, "with its realm"],
  [{ api_token_id: "terraform@pve!provider" }, "the name of the token alone"],
  [{ api_token_secret: `${SECRET}\n` }, "Copy it again"],
  [{ endpoint: "http://pve1:8006" }, "is not HTTPS"],
  [{ endpoint: UNKNOWN }, "known only after apply"],
  [{ insecure: UNKNOWN }, "Needed is true or false"],
  [{ fingerprint: "AB:CD" }, "pvenode cert info"],
  [{ fingerprint: FINGERPRINT, insecure: true }, "insecure (or PROXMOX_INSECURE in the environment)"],
  [{ ca_file: "/nowhere/ca.pem" }, "/nowhere/ca.pem"],
  [{ ca_file: path.join(__dirname, "..", "..", "..", "package.json") }, "holds no PEM certificate"],
])("%p is refused without showing the secret", (changes, message) => {
  const faults = readConnection({ ...GOOD, ...(changes as ObjectValue) }, {});
  expect(faults).toHaveLength(1);
  expect(JSON.stringify(faults)).toContain(message);
  expect(JSON.stringify(faults)).not.toContain(SECRET);
});

test("a fingerprint is taken as Proxmox shows it, from the environment too", () => {
  const shown = (FINGERPRINT.toUpperCase().match(/../g) ?? []).join(":");
  expect(readConnection({ ...GOOD, fingerprint: FINGERPRINT }, {})).toMatchObject({ fingerprint: shown });
  expect(readConnection(GOOD, { PROXMOX_FINGERPRINT: shown })).toMatchObject({ fingerprint: shown });
});

describe("a file of certificates", () => {
  const pem = (body: string): string => `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
  let folder: string;
  let file: string;
  const read = (content: string, changes: ObjectValue = {}): unknown => {
    fs.writeFileSync(file, content);
    return readConnection({ ...GOOD, ca_file: file, ...changes }, {});
  };

  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "connection-test-"));
    file = path.join(folder, "ca.pem");
  });

  afterAll(() => {
    fs.rmSync(folder, { recursive: true });
  });

  test("is read whole", () => {
    const two = tls.rootCertificates.slice(0, 2).join("\n");
    expect(read(two)).toMatchObject({ caCertificates: two });
  });

  test("with one that is damaged is refused, for it would be left out without a word", () => {
    const faults = read(`${tls.rootCertificates[0] ?? ""}\n${pem("AAAA")}`);
    expect(JSON.stringify(faults)).toContain("certificate 2 of the file is damaged");
  });

  test("and a fingerprint contradict each other", () => {
    const faults = read(tls.rootCertificates[0] ?? "", { fingerprint: FINGERPRINT });
    expect(faults).toMatchObject([{ attribute: ["fingerprint"] }]);
    expect(JSON.stringify(faults)).toContain("ca_file (or PROXMOX_CA_FILE in the environment)");
  });
});

test("a fault of a value from the environment names its variable", () => {
  const faults = readConnection({ ...GOOD, api_user: null }, { PROXMOX_API_USER: "terraform" });
  expect(JSON.stringify(faults)).toContain("It comes from PROXMOX_API_USER");
});

test("literal arguments are checked at validate already, an empty one is left to the environment", () => {
  const faults = validateBlock(PROVIDER_SCHEMA.block, {
    endpoint: "http://root:hunter2@pve1",
    api_user: "terraform",
    api_token_id: "terraform@pve!provider",
    api_token_secret: `${SECRET} `,
    fingerprint: "AB",
    ca_file: "",
  });
  expect(faults.map(({ attribute }) => attribute?.[0])).toEqual([
    "endpoint",
    "api_user",
    "api_token_id",
    "api_token_secret",
    "fingerprint",
  ]);
  expect(JSON.stringify(faults)).not.toMatch(new RegExp(`hunter2|${SECRET}`));
  const empty = Object.fromEntries(Object.keys(PROVIDER_SCHEMA.block.attributes).map((name) => [name, ""]));
  expect(validateBlock(PROVIDER_SCHEMA.block, empty)).toEqual([]);
});

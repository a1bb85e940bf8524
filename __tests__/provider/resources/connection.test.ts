import { emptyObject } from "../../../provider/plugin/schema";
import { UNKNOWN, type ObjectValue } from "../../../provider/plugin/value";
import { readConnection } from "../../../provider/resources/connection";
import { PROVIDER_SCHEMA } from "../../../provider/resources/provider-schema";

const SECRET = "5f0e8c1a-7a3e-4c0b-9d50-1f6b1b1d2c3e";
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
  [{ api_token_id: "terraform@pve!provider" }, "the name of the token alone"],
  [{ api_token_secret: `${SECRET}\n` }, "Copy it again"],
  [{ endpoint: "http://pve1:8006" }, "is not HTTPS"],
  [{ endpoint: UNKNOWN }, "known only after apply"],
  [{ insecure: UNKNOWN }, "Needed is true or false"],
  [{ ca_file: "/nowhere/ca.pem" }, "/nowhere/ca.pem"],
  [{ ca_file: __filename }, "holds no PEM certificate"],
])("%p is refused without showing the secret", (changes, message) => {
  const faults = readConnection({ ...GOOD, ...(changes as ObjectValue) }, {});
  expect(faults).toHaveLength(1);
  expect(JSON.stringify(faults)).toContain(message);
  expect(JSON.stringify(faults)).not.toContain(SECRET);
});

import { createCertificate } from "../../../provider/plugin/certificate";
import { handshakeLine, readInvitation } from "../../../provider/plugin/handshake";

const CERTIFICATE = createCertificate(new Date()).certificate;
const SELF = { name: "box", version: "1.2.3" };
const INVITED = {
  TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
  PLUGIN_PROTOCOL_VERSIONS: "5,6",
  PLUGIN_CLIENT_CERT: CERTIFICATE,
};

test("Terraform's invitation is accepted", () => {
  const invitation = readInvitation(INVITED, SELF);
  expect("clientCertificate" in invitation && invitation.clientCertificate.toString()).toBe(CERTIFICATE);
});

test.each([
  ["by hand", {}, /terraform-provider-box 1\.2\.3, a plugin that Terraform starts.*required_providers/s],
  ["with another cookie", { ...INVITED, TF_PLUGIN_MAGIC_COOKIE: "x" }, /starts by itself/],
  [
    "by a Terraform without protocol 6",
    { ...INVITED, PLUGIN_PROTOCOL_VERSIONS: "4,5" },
    /"4,5".*Use Terraform/,
  ],
  ["without a client certificate", { ...INVITED, PLUGIN_CLIENT_CERT: "" }, /without PLUGIN_CLIENT_CERT/],
  [
    "with a damaged certificate",
    { ...INVITED, PLUGIN_CLIENT_CERT: CERTIFICATE.slice(0, -60) },
    /PLUGIN_CLIENT_CERT that is no certificate in PEM/,
  ],
])("started %s it says why it does not run", (_how, environment, problem) => {
  expect(readInvitation(environment, SELF)).toEqual({ problem: expect.stringMatching(problem) as string });
});

test("the handshake is one line of six fields, the certificate without padding", () => {
  // Certificates differ in length, by their signatures, and with it in the padding that they would have.
  for (let count = 0; count < 12; count += 1) {
    const line = handshakeLine("/tmp/s", createCertificate(new Date()).certificate);
    expect(line).toMatch(/^1\|6\|unix\|\/tmp\/s\|grpc\|[A-Za-z0-9+/]+\n$/);
  }
});

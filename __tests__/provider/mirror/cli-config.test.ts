import { cliConfig } from "../../../provider/mirror/cli-config";

const packages = [{ source: "dataknife/pve" }, { source: "hashicorp/null" }];

test("for users: these providers from the mirror, all others from where they come from", () => {
  expect(cliConfig({ folder: "/m", packages: packages.slice(0, 1) })).toBe(`provider_installation {
  filesystem_mirror {
    path = "/m"
    include = ["registry.terraform.io/dataknife/pve"]
  }
  direct {
    exclude = ["registry.terraform.io/dataknife/pve"]
  }
}
`);
});

test("offline: the mirror is the only source", () => {
  expect(cliConfig({ folder: "/m", packages, offline: true })).toBe(`provider_installation {
  filesystem_mirror {
    path = "/m"
  }
}
`);
});

test("a path is what it is, whatever characters it has", () => {
  expect(cliConfig({ folder: '/a "b"/\\c/${d}', packages, offline: true })).toContain(
    'path = "/a \\"b\\"/\\\\c/${d}"',
  );
});

import { parseEndpoint } from "../../../provider/proxmox/endpoint";

test.each([
  "https://pve1:8006",
  "https://pve1:8006/",
  "https://pve1:8006/api2/json",
  " https://pve1:8006/api2/json/ ",
])("%s leads to the API", (text) => {
  expect(parseEndpoint(text).href).toBe("https://pve1:8006/api2/json");
});

test.each([
  ["http://pve1:8006", "is not HTTPS"],
  ["pve1:8006", "is not HTTPS"],
  ["pve1", "is no URL"],
  ["https://pve1:8006/api2/extjs", "leads to /api2/extjs"],
  ["https://pve1:8006/?x=1", "has a query"],
])("%s is refused", (text, message) => {
  expect(() => parseEndpoint(text)).toThrow(message);
});

test.each(["https://root:hunter2@pve1:8006", "root:hunter2@pve1 8006"])(
  "credentials are not repeated",
  (text) => {
    expect(() => parseEndpoint(text)).toThrow(/^((?!hunter2)[^])*$/);
  },
);

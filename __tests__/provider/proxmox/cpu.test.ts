import { cpuFaults } from "../../../provider/proxmox/cpu";

test.each([
  "host",
  "x86-64-v2-AES",
  "custom-mine",
  "cputype=host,flags=+aes;-pcid,hidden=1",
  "host,phys-bits=host,guest-phys-bits=48,hv-vendor-id=proxmox",
])("%s is good", (text) => {
  expect(cpuFaults(text)).toEqual([]);
});

test.each([
  ["flags=+aes", "it has no CPU type"],
  ["", "it has no CPU type"],
  ["host,flags=aes", 'flags is "aes", allowed is flags with + or - before each'],
  ["host,flags=+aes +pcid", "flags is"],
  ["host,hidden=maybe", 'hidden is "maybe", allowed is 0 or 1'],
  ["host,phys-bits=65", 'phys-bits is "65"'],
  ["host,guest-phys-bits=31", 'guest-phys-bits is "31"'],
  ["host,hv-vendor-id=far-too-long-a-name", "1 to 12 letters"],
  ["host,foo=1", '"foo" is no CPU option'],
  ["host,kvm64", '"cputype" is given twice'],
  ["two words", 'cputype is "two words"'],
])("%s is refused", (text, message) => {
  expect(cpuFaults(text)).toEqual([expect.stringContaining(message)]);
});

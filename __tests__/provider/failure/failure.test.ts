import { ApiError, ConnectionError, TaskError, WaitError } from "../../../provider/proxmox/api-error";
import { failureDiagnostic } from "../../../provider/failure/failure";

const TOKEN = "terraform@pve!provider";
const CALL = { method: "PUT", path: "/nodes/pve1/qemu/401/config" } as const;

test("a failed call names the VM, the call, what Proxmox said and what to do", () => {
  const error = new ApiError(CALL, 403, "Permission check failed (/vms/401, VM.Config.CPU|VM.Config.Memory)");
  const { summary, detail } = failureDiagnostic("configure VM 401 on node pve1", error, TOKEN);
  expect(summary).toBe("Unable to configure VM 401 on node pve1");
  expect(detail).toContain("Call: PUT /nodes/pve1/qemu/401/config");
  expect(detail).toContain("Proxmox said (403): Permission check failed");
  expect(detail).toContain(
    "token terraform@pve!provider lacks VM.Config.CPU or VM.Config.Memory on /vms/401",
  );
});

test("faults of parameters are told by name", () => {
  const error = new ApiError(CALL, 400, "Parameter verification failed.", {
    memory: "value must have a minimum value of 16",
  });
  expect(failureDiagnostic("x", error, TOKEN).detail).toContain(
    "memory: value must have a minimum value of 16",
  );
});

test("a failed task shows why and how its log ends", () => {
  const error = new TaskError("UPID:x", "qmclone", "clone failed: zfs error: out of space", [
    "create full clone",
    "TASK ERROR",
  ]);
  const { detail } = failureDiagnostic("x", error, TOKEN);
  expect(detail).toContain("out of space");
  expect(detail).toContain("create full clone");
  expect(detail).toContain("The storage is full");
});

test("a wait for the guest agent says what was seen last and how not to wait", () => {
  const error = new WaitError(
    "timeout",
    "the guest agent of VM 401 to report 192.168.1.100",
    300,
    "the guest agent did not answer",
  );
  const { detail } = failureDiagnostic("x", error, TOKEN);
  expect(detail).toContain("waited 300 s");
  expect(detail).toContain("did not answer");
  expect(detail).toContain('wait_for = "none"');
});

test("a wait that Terraform ended says what was waited for", () => {
  const { detail } = failureDiagnostic("x", new WaitError("stopped", "VM 401 to run", 0), TOKEN);
  expect(detail).toContain("Terraform was asked to stop while it waited for VM 401 to run.");
  expect(detail).toContain("Run terraform apply again");
});

test("a bug is told as one, and not thrown: that would cost a VM its state", () => {
  const { detail } = failureDiagnostic("x", new TypeError("broken"), TOKEN);
  expect(detail).toMatch(/TypeError: broken[^]*fault of the provider/);
});

test.each([
  [
    new ConnectionError({ method: "POST", path: "/x" }, "https://pve1:8006", "ECONNRESET", "reset", true),
    true,
  ],
  [new ApiError({ method: "POST", path: "/x" }, 596, "Connection timed out"), true],
  [
    new ConnectionError(
      { method: "POST", path: "/x" },
      "https://pve1:8006",
      "ECONNREFUSED",
      "refused",
      false,
    ),
    false,
  ],
  [
    new ConnectionError({ method: "GET", path: "/x" }, "https://pve1:8006", "ECONNRESET", "reset", true),
    false,
  ],
  [new ApiError({ method: "POST", path: "/x" }, 500, "VM is locked (backup)"), false],
])("after %s it is told that the outcome is not known: %s", (error, isTold) => {
  expect(failureDiagnostic("x", error, TOKEN).detail.includes("the answer was lost")).toBe(isTold);
});

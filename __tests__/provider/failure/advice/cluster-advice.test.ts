import { CLUSTER_ADVICE } from "../../../../provider/failure/advice/cluster-advice";
import { afterCall, describeAdvice } from "./advised";

describeAdvice(CLUSTER_ADVICE, [
  [
    "hostname lookup 'pve9' failed - failed to get address info for: pve9: Name or service not known",
    'no node "pve9"',
    "pvesh get /nodes",
  ],
  ["no such cluster node 'pve9'", 'no node "pve9"'],
  ["cluster not ready - no quorum?", "has no quorum", "pvecm status"],
  ["cfs-lock 'file-user_cfg' error: no quorum!", "has no quorum"],
  [
    "unable to open file '/etc/pve/nodes/pve1/qemu-server/401.conf.tmp.7' - Permission denied",
    "has no quorum",
  ],
  ["cfs-lock 'file-user_cfg' error: got lock request timeout", "settings locked", "terraform apply again"],
  ["can't add VM 401 to pool 'x': timed out", "settings locked"],
  ["got no worker upid - start worker failed", "Nothing was changed: run terraform apply again"],
  ["unexpected status", "broken off on node pve1", "terraform apply again"],
  ["clone failed: copy failed: command 'qemu-img' failed: interrupted by signal", "broken off on node pve1"],
  ["no such task", "not known any more on node pve1", "terraform apply again"],
  ["pool 'x' does not exist", "pveum pool add x"],
  [
    "update pools failed: VM 400 belongs already to pool 'other' and 'allow-move' is not set",
    'put VM 400 into pool "other"',
  ],
  ["Method 'GET /nodes/pve1/foo' not implemented", "Proxmox VE 8 and 9"],
]);

test.each([
  [595, "Connection refused", "Node pve1 could not be reached through the one that was asked"],
  [596, "Connection timed out", "Node pve1 took over 30 s"],
  [599, "Too many redirections", "its answer broke off"],
  [504, "Gateway Time-out", "Something in front of Proxmox answered"],
  [302, "Found", "A redirect is not followed"],
])("%i %s", (status, said, told) => {
  expect(afterCall(said, status)).toContain(told);
});

test("a parameter that Proxmox does not take is told by its name", () => {
  const detail = afterCall("Parameter verification failed.", 400, { tags: "invalid characters in tag" });
  expect(detail).toContain("tags: invalid characters in tag");
  expect(detail).toContain("Correct the attribute of that name");
});

test("what Proxmox has always something of its own to say about needs no advice", () => {
  expect(afterCall("something new")).toBe(
    "Call: PUT /nodes/pve1/qemu/401/config\nProxmox said (500): something new",
  );
});

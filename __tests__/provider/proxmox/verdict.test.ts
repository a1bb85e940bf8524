import {
  ApiError,
  ConnectionError,
  TaskError,
  WaitError,
  type ApiCall,
} from "../../../provider/proxmox/api-error";
import { isOutcomeUnknown, isTransient, saysLocked } from "../../../provider/proxmox/verdict";

const CHANGE: ApiCall = { method: "POST", path: "/nodes/pve1/qemu/400/clone" };
const LOOK: ApiCall = { method: "GET", path: "/nodes/pve1/qemu/400/config" };

function answered(said: string, status = 500, call = CHANGE): ApiError {
  return new ApiError(call, status, said);
}

function ended(exitStatus: string, type = "qmclone"): TaskError {
  return new TaskError(`UPID:pve1:1:2:3:${type}:400:root@pam:`, type, exitStatus, []);
}

function unconnected(code: string, mayHaveArrived = false, call = CHANGE): ConnectionError {
  return new ConnectionError(call, "https://pve1:8006", code, "failed", mayHaveArrived);
}

describe("a bad moment", () => {
  test.each([
    "can't lock file '/var/lock/qemu-server/lock-401.conf' - got timeout",
    "can't lock file '/var/lock/pve-manager/pve-storage-local-zfs' - got timeout",
    "cfs-lock 'storage-ceph' error: got lock request timeout",
    "cfs-lock 'file-user_cfg' error: no quorum!",
    "'storage-ceph'-locked command timed out - aborting",
    "got no worker upid - start worker failed",
    "cluster not ready - no quorum?",
    "pve cluster filesystem not online.",
    "ipcc_send_rec[1] failed: Connection refused",
    "unable to open file '/etc/pve/nodes/pve1/qemu-server/401.conf.tmp.71' - Device or resource busy",
    "unable to open file '/etc/pve/nodes/pve1/qemu-server/401.conf.tmp.71' - Permission denied",
    "command '/sbin/lvs --separator : --noheadings' failed: got timeout",
  ])("%s", (text) => {
    expect(isTransient(answered(text))).toBe(true);
    expect(isTransient(ended(`clone failed: ${text}`))).toBe(true);
    expect(isOutcomeUnknown(answered(text))).toBe(false);
  });

  test.each([502, 503, 504, 595, 596, 597, 599])("status %i", (status) => {
    expect(isTransient(answered("", status))).toBe(true);
  });

  test.each(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "EAI_AGAIN"])(
    "%s",
    (code) => {
      expect(isTransient(unconnected(code))).toBe(true);
    },
  );
});

describe("a verdict", () => {
  test.each([
    "Configuration file 'nodes/pve1/qemu-server/401.conf' does not exist",
    "unable to create VM 401: config file already exists",
    "close (rename) atomic file '/etc/pve/nodes/pve1/qemu-server/401.conf' failed: File exists",
    "can't remove VM 401 - protection mode enabled",
    "VM is locked (backup)",
    "VM quit/powerdown failed - got timeout",
    "QEMU guest agent is not running",
    "checksum mismatch (file change by other user?)",
    "zfs error: cannot create 'rpool/data/vm-401-disk-0': out of space",
    "unable to open file '/var/lib/vz/x' - Permission denied",
  ])("%s", (text) => {
    expect(isTransient(answered(text))).toBe(false);
    expect(isTransient(ended(text))).toBe(false);
    expect(isOutcomeUnknown(answered(text))).toBe(false);
  });

  test("every 4xx, whatever it says", () => {
    expect(isTransient(answered("got no worker upid", 400))).toBe(false);
    expect(isTransient(answered("Authentication failed!", 401))).toBe(false);
  });

  test.each(["DEPTH_ZERO_SELF_SIGNED_CERT", "ENOTFOUND", "ENOTPROXMOX", "ETOOLARGE", "EPROTO"])(
    "%s",
    (code) => {
      expect(isTransient(unconnected(code))).toBe(false);
    },
  );

  test("a bug, and a wait that ended", () => {
    expect(isTransient(new TypeError("got no worker upid"))).toBe(false);
    expect(isTransient(new WaitError("timeout", "task", 1))).toBe(false);
    expect(isTransient(undefined)).toBe(false);
  });
});

describe("whether a call was carried out", () => {
  test.each([
    ["a connection that broke after it stood", unconnected("ECONNRESET", true), true],
    ["an answer that is no Proxmox's", unconnected("ENOTPROXMOX", true), true],
    ["a connection that never stood", unconnected("ETIMEDOUT"), false],
    ["reading", unconnected("ECONNRESET", true, LOOK), false],
    ["reading through a node", answered("Connection timed out", 596, LOOK), false],
    ["a node that could not be connected to", answered("Connection refused", 595), false],
    ["a node that did not answer in time", answered("Connection timed out", 596), true],
    ["a node whose answer broke off", answered("", 599), true],
    ["a proxy that gave up", answered("Gateway Timeout", 504), true],
    ["a task whose worker died", ended("unexpected status"), true],
    ["a task that was stopped", ended("received interrupt", "qmdestroy"), true],
    ["a clone that was stopped, which cleans up", ended("clone failed: interrupted by signal"), false],
    ["a task that failed", ended("clone failed: out of space"), false],
    ["a bug", new TypeError("broken"), false],
  ])("%s leaves it open: %s", (_, error, isOpen) => {
    expect(isOutcomeUnknown(error)).toBe(isOpen);
  });
});

test("a lock in the configuration that goes by itself is told from one that stays", () => {
  expect(saysLocked(answered("VM is locked (snapshot-delete)"))).toBe(true);
  expect(saysLocked(ended("VM is locked (backup)"))).toBe(true);
  expect(saysLocked(answered("VM is locked (suspended)"))).toBe(false);
  expect(saysLocked(answered("can't lock file '/var/lock/qemu-server/lock-401.conf' - got timeout"))).toBe(
    false,
  );
});

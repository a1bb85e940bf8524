import type { Logger } from "../../../provider/logger";
import type { ApiClient } from "../../../provider/proxmox/api-client";
import { waitForTask } from "../../../provider/proxmox/tasks";
import { deadlineIn } from "../../../provider/proxmox/waiting";

const ignore = (): void => undefined;
const LOGGER: Logger = { error: ignore, warn: ignore, info: ignore, debug: ignore };
const UPID = "UPID:pve1:00000A1B:00C0FFEE:66000000:qmclone:400:terraform@pve!provider:";

afterEach(() => {
  jest.restoreAllMocks();
});

test("a task that a node goes on listing after its end is found to have ended all the same", async () => {
  const now = Date.now.bind(Date);
  let skippedMs = 0;
  jest.spyOn(Date, "now").mockImplementation(() => now() + skippedMs);
  const asked: string[] = [];
  const get = (path: string): Promise<unknown> => {
    asked.push(path.endsWith("/status") ? "status" : "list");
    skippedMs += 2000;
    // A wait that never ends is no way for a test to fail.
    if (asked.length > 20) throw new Error("it was never looked at itself");
    const isStatus = path.endsWith("/status");
    return Promise.resolve(isStatus ? { status: "stopped", exitstatus: "OK" } : [{ upid: UPID }]);
  };
  const client = { get } as unknown as ApiClient;
  const deadline = deadlineIn(3600, new AbortController().signal);
  expect(await waitForTask(client, UPID, deadline, LOGGER)).toEqual({ upid: UPID, lines: [] });
  expect(asked.filter((what) => what === "list").length).toBeGreaterThan(1);
  expect(asked.at(-1)).toBe("status");
});

import { printFailure, runCampaign } from "../../scripts/faults/campaign";
import { describeTerraform } from "../support/terraform-runner";

describeTerraform("the reference under random faults and kill -9", () => {
  // Always the same trials: `npm run test:faults` tries others.
  test("is put right by runs without trouble, in 10 trials", async () => {
    const failed = await runCampaign({ trials: 10, seed: 1, jobs: 2, onResult: () => undefined });
    expect(failed.map(printFailure)).toEqual([]);
  }, 480_000);
});

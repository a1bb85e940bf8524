import { runBenchmark } from "../command";
import { measureGrowth, measureReference, measureStages } from "./measures";

void runBenchmark({
  script: "bench:synth",
  description: "Measures the app from a topology to Terraform's JSON, side by side with plain CDKTF.",
  runs: 5,
  measures: {
    reference: (runs) => measureReference("reference", runs),
    growth: (runs) => measureGrowth("growth", runs),
    stages: (runs) => measureStages("stages", runs),
  },
});

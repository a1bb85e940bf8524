/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "node",
  roots: ["<rootDir>/__tests__"],
  testMatch: ["**/*.test.ts"],
  transform: {
    "^.+\\.ts$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  setupFiles: ["<rootDir>/__tests__/support/no-pipeline.ts"],
  globalSetup: "<rootDir>/__tests__/support/announce-terraform.ts",
  modulePathIgnorePatterns: ["<rootDir>/.work/", "<rootDir>/cdktf.out/"],
  // Two cores is what a small CI machine has; more workers only make the end-to-end runs slower.
  maxWorkers: 2,
  // Against hanging only: how fast a machine is must not decide whether a test passes.
  testTimeout: 60_000,
};

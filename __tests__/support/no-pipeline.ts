// The app says more where CI is set: what a test expects must not depend on where it is run.
if (process.env.CI === "true") process.env.TESTS_ALL_RUN = "true";
delete process.env.CI;

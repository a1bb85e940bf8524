import { DESCRIPTION_LIMIT, printMark, readMark } from "../../../provider/session/mark";

const SIGNATURE = "0123456789abcdef".repeat(2);
const MARK = `[Made by Terraform, not in its state yet: ${SIGNATURE}]`;

test.each([
  ["alone", MARK, ""],
  ["at the end", `mine\n\n${MARK}\n`, "mine"],
  ["before what a person wrote below it", `mine\n\n${MARK}\nnoted by hand`, "mine\nnoted by hand"],
  ["at the top", `${MARK}\n\nnoted by hand`, "noted by hand"],
])("a mark %s is found, and the text around it kept", (_, description, text) => {
  expect(readMark(description)).toEqual({ text, signature: SIGNATURE });
});

test.each([`mine ${MARK}`, `${MARK} and more`, "[Made by Terraform, not in its state yet: 12]"])(
  "%s is a person's text",
  (description) => {
    expect(readMark(description)).toEqual({ text: description });
  },
);

test("the longest description fits with its mark into what Proxmox takes", () => {
  const text = "x".repeat(DESCRIPTION_LIMIT);
  expect(printMark({ text, signature: SIGNATURE }).length).toBeLessThanOrEqual(8192);
});

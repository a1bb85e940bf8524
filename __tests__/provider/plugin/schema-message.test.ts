import { computedList } from "../../../provider/plugin/schema";
import { schemaMessage } from "../../../provider/plugin/schema-message";

test("what the objects of a list hold is told one by one, each with its description", () => {
  const rows = computedList("Rows.", {
    name: { type: "string", description: "Name." },
    tags: { type: { list: "string" }, description: "Tags." },
  });
  expect(schemaMessage({ block: { description: "", attributes: { rows } } })).toMatchObject({
    block: {
      attributes: [
        {
          name: "rows",
          computed: true,
          nested_type: {
            attributes: [
              { name: "name", type: Buffer.from('"string"'), description: "Name.", computed: true },
              { name: "tags", type: Buffer.from('["list","string"]'), description: "Tags.", computed: true },
            ],
          },
        },
      ],
    },
  });
});

/**
 * What stands over a row that is closed: "salesorder.name ← email". The editor works it out from the row as it is saved,
 * so that it may use nothing else; `}` twice in a row would end the expression.
 */
export const rowTitle = `={{ ((row) => {
  const shown = (text, other) => String((text === "other" ? other : text) || "").replace(/^=/, "");
  const target = shown(row.target, row.otherTarget).replace(/^[a-z]+\\.[a-z]+:/, "") || "New field";
  const source = row.source === "path" ? shown(row.path, row.otherPath) || "path"
    : row.source === "value" ? '"' + shown(row.value) + '"'
    : row.source === "template" ? '"' + shown(row.template) + '"'
    : row.source === "formula" ? "formula"
    : row.source === "expression" ? shown(row.expression) || "expression"
    : row.source === "remove" ? "left out" : "mapped value";
  const property = ($collection.item.properties || []).find((one) => one.name === "transform");
  const option = (property?.options || []).find((one) => one.value === row.transform);
  const transform = row.transform ? ", " + (option?.name || row.transform) : "";
  const condition = row.onlyIf ? ", only if " + shown(row.onlyIf, row.otherOnlyIf) : "";
  return target + " ← " + source + transform + condition;
})($collection.item.value) }}`;

/** The same over a row of a look-up's table: "P → Paid". */
export const tableRowTitle = `={{ ((row) => {
  const to = row.to === "other" || row.to === undefined ? row.otherTo : row.to;
  return (row.from || "New row") + " → " + (to ?? "");
})($collection.item.value) }}`;

import type { INodeTypeDescription } from 'n8n-workflow';

/**
 * Whether a row of Field Overrides is worked out for each item. The editor works this out by itself, so it may use nothing
 * else; `$rawParameter` gives expressions as they are saved, of which a plain path (a field that was dragged) is compiled.
 * `{` or `}` twice in a row would begin or end an expression.
 */
const hasSlowRow = `={{ ((rows) => {
  const isPlain = (text) => /^=\\s*[{]{2}\\s*\\$json[\\w$.?\\[\\]"' -]*[}]{2}\\s*$/.test(text);
  return rows.some((row) => {
    if (row.source === "formula") return true;
    if (!["expression", "path", "value"].includes(row.source)) return false;
    const text = String(row[row.source] || "");
    return text.startsWith("=") && !isPlain(text);
  });
})(($rawParameter["fieldOverrides"] || {}).rows || []) }}`;

/** Stands in the panel before anything runs; a run by hand names the rows. */
export const slowHint: NonNullable<INodeTypeDescription['hints']>[0] = {
  message:
    'A row is worked out for every item, hundreds of times slower than a path: it has a formula, or an expression that is more than a dragged field. With thousands of items, prefer Path.',
  type: 'info',
  location: 'ndv',
  whenToDisplay: 'always',
  displayCondition: hasSlowRow,
};

import { validationError } from '../../../core/errors';
import { type Aggregate, AGGREGATES, type OverlayRow, parseTarget } from '../../../core/mapping';
import { OTHER } from '../fields';
import { constantOf, draggedOrTyped, draggedPath, draggedTemplate, isExpression } from './dragged';
import { named, type ReadRow, type SavedRow } from './saved';

/** Where the value of a row comes from; `parameter` is the one that is worked out for every item. */
export interface RowSource {
  source: Partial<OverlayRow>;
  parameter?: string;
}

/** A parameter that may hold an expression: a path where that only names a field, else worked out for every item. */
function dragged(
  read: ReadRow,
  parameter: string,
  pathIn: typeof draggedPath = draggedPath,
): RowSource | undefined {
  const raw = read.raw[parameter];
  const from = pathIn(raw, read);
  if (from !== undefined) return { source: { from } };
  return isExpression(raw) ? { source: {}, parameter } : undefined;
}

function aggregateOf({ combine }: SavedRow): Aggregate | undefined {
  return AGGREGATES.find((name) => name === combine);
}

function pathSource(read: ReadRow): RowSource {
  const { raw, row, name } = read;
  const parameter = raw.path === OTHER ? 'otherPath' : 'path';
  const aggregate = aggregateOf(row);
  const found = dragged(read, parameter, draggedOrTyped) ?? {
    source: { from: named(row.path, row.otherPath) },
  };
  if (found.source.from === '') {
    throw validationError(
      `${name} has no source field`,
      'Choose one from the list, drag one from the input, or choose another Source.',
    );
  }
  return aggregate === undefined ? found : { ...found, source: { ...found.source, aggregate } };
}

function mappedSource({ to, name, isCustom }: ReadRow): RowSource {
  if (isCustom) {
    throw validationError(
      `${name} takes the mapped value, but no preset fills a mapping of your own`,
      'Choose another Source, such as Path.',
    );
  }
  const field = parseTarget(to).to;
  return { source: { from: field.startsWith('[') ? `@mapped${field}` : `@mapped.${field}` } };
}

function formulaSource({ raw, row, name }: ReadRow): RowSource {
  const formula = constantOf(raw.formula, row.formula ?? '', `Formula of ${name}`);
  return { source: { formula: String(formula) } };
}

function templateSource(read: ReadRow): RowSource {
  const { raw, row, name } = read;
  // Dragged into a text that has placeholders already, or before more of them are typed.
  const asTyped = (text: string): string => text;
  const template = isExpression(raw.template)
    ? draggedTemplate(raw.template, read, asTyped)
    : row.template;
  if (template === undefined) return { source: {}, parameter: 'template' };
  if (template.trim() !== '') return { source: { template } };
  throw validationError(`${name} has no text`, 'Enter one, such as X-Cart {order_number}.');
}

export function sourceOf(read: ReadRow): RowSource {
  const { row } = read;
  switch (row.source ?? (row.path ? 'path' : 'mapped')) {
    case 'path':
      return pathSource(read);
    case 'mapped':
      return mappedSource(read);
    case 'value':
      return dragged(read, 'value') ?? { source: { value: row.value ?? '' } };
    case 'template':
      return templateSource(read);
    case 'formula':
      return formulaSource(read);
    case 'expression':
      return dragged(read, 'expression') ?? { source: {}, parameter: 'expression' };
    case 'remove':
      return { source: { remove: true } };
  }
}

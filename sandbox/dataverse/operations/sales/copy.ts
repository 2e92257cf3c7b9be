import type { Engine } from '../../engine';
import { type DocumentKind, linesOf } from '../../sales/kinds';
import type { Row, Value } from '../../store/row';
import type { Call } from '../call';

const NOT_COPIED: ReadonlySet<string> = new Set([
  'statecode',
  'statuscode',
  'closedon',
  'overriddencreatedon',
  'importsequencenumber',
]);

/** Values of a row that a row of another table can take over: same name, writable there. */
function copied(engine: Engine, target: string, row: Row): Record<string, Value> {
  const table = engine.model.required(target);
  const values: Record<string, Value> = {};
  for (const [name, value] of Object.entries(row)) {
    const column = table.columns.get(name);
    if (!column || column.writable === 'never' || NOT_COPIED.has(name)) continue;
    if (name !== table.primaryId && value !== null) values[name] = value;
  }
  return values;
}

interface Copying {
  from: DocumentKind;
  to: DocumentKind;
  /** Columns of the new document beside those that are taken over. */
  fixed: Readonly<Record<string, Value>>;
  /** Columns of each of its lines. */
  fixedOfLine?: Readonly<Record<string, Value>>;
}

/** Makes a document with the lines of another one. */
export function copyDocument(
  { engine, session, writer }: Call,
  document: Row,
  { from, to, fixed, fixedOfLine }: Copying,
): Row {
  const table = engine.model.required(to.document);
  const id = writer.create(
    session,
    table,
    {},
    { ...copied(engine, to.document, document), ...fixed },
  );
  for (const line of linesOf(engine, from, String(document[from.parent]))) {
    const parent = { [to.parent]: { table: to.document, id } };
    const values = { ...copied(engine, to.line, line), ...fixedOfLine, ...parent };
    writer.create(session, engine.model.required(to.line), {}, values);
  }
  return engine.database.get(to.document, id) as Row;
}

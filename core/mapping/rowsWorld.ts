import type { DocumentField, DocumentType } from '../documents';
import type { MappingPlan, OverlayRow } from './plan';
import { parseTarget } from './plan';
import type { MappingSpec } from './spec';

/** Rows of the editor, and what is known of the documents that they read and fill. */

/** A row with what messages call it. */
export interface PlacedRow {
  row: OverlayRow;
  /** `Field 2 ("salesorder.name")` */
  name: string;
}

/** What the rows are laid over. */
export interface RowsWorld {
  /** The preset; left out: the rows are the whole mapping. */
  mapping?: MappingSpec | MappingPlan;
  from?: DocumentType;
  to?: DocumentType;
  documents: readonly DocumentType[];
  /** Documents of a run by hand: a path that none of them has is refused. Empty: no path is. */
  samples: readonly unknown[];
}

export interface TargetPlace {
  /** The document that the row fills; undefined where that is not known. */
  type: DocumentType | undefined;
  path: string;
  /** The field, where the document is known to have it. */
  field: DocumentField | undefined;
}

/** What the row fills: of the last document, or of the one that its target names. */
export function targetOf(
  { to, document: named }: OverlayRow,
  { to: last, documents }: RowsWorld,
): TargetPlace {
  const { document = named, to: path } = parseTarget(to);
  const type = document === undefined ? last : documents.find(({ name }) => name === document);
  return { type, path, field: type?.fields.find((known) => known.path === path) };
}

/** The same for all ways to write the target of a row. */
export function targetKey(row: OverlayRow, world: RowsWorld): string {
  const { type, path } = targetOf(row, world);
  return `${type?.name ?? parseTarget(row.to).document ?? ''}:${path}`;
}

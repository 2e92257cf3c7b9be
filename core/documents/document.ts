import type { z } from 'zod';

import type { DocumentField } from './fields';
import { fieldsOf } from './fields';

/**
 * What a service says once of a document that it gives or takes: mapping, the lists of the editor, previews, docs
 * and checks read it here. Shops and tables have fields of their own, so that a document may hold more than is
 * listed.
 */
export interface DocumentType {
  /** `xcart.order`: the service, and what it is there. */
  name: string;
  /** As the editor lists it: `X-Cart Order`. */
  displayName: string;
  /** As it stands inside a sentence: `X-Cart order`. */
  phrase: string;
  schema: z.ZodTypeAny;
  fields: readonly DocumentField[];
  /** Invented, and whole: it satisfies the schema and goes through every mapping from this document. */
  sample: object;
  /**
   * Adds what follows from the rest of it, such as how its amounts are booked: the last thing that happens to a document
   * that a mapping has made, before `check`, and the first that happens to a copy of one that a mapping reads. Changes the
   * document itself. Throws a validation error.
   */
  complete?: (document: object, settings: Settings, tell: TellField) => void;
  /**
   * The table of its service that each part is a row of, by the path of the part: `salesorder.order_details[*]` of
   * `salesorderdetail`. What custom columns the part may have, the environment says.
   */
  tables?: Readonly<Record<string, string>>;
  /** What `complete` makes a field of, for lists that say where a value comes from. */
  completes?: Readonly<Record<string, readonly string[]>>;
  /** Parts that `complete` makes in any case: whatever a mapping puts there is written over. */
  computed?: readonly string[];
  /** Required fields that its service fills itself in what it is given: a mapping to this document need not make them. */
  assigned?: readonly string[];
  /** Values that a field has in every shop, by its path, such as the codes of its statuses; a shop may have more. */
  usual?: Readonly<Record<string, readonly string[]>>;
  /** What people call a field, by its path: "Country of Billing Address". Absent: by its path. */
  label?: (path: string) => string;
  /** What it must satisfy beyond its fields, such as its totals. Throws a validation error. */
  check?: (document: object) => void;
  /**
   * All that `complete` and `check` read, by path and with all that is in it: what else nobody reads, a mapping need not make
   * to go on from this document. Left out: everything.
   */
  reads?: readonly string[];
  /** True: its service takes only texts that XML 1.0 can hold; a mapping makes them so, and says where. */
  xmlText?: boolean;
}

/** What the user of a mapping chose beside its rows, by name: `prices: "net"`. */
export type Settings = Readonly<Record<string, unknown>>;

/** Says what was done to a field that whoever reads the document should know. */
export type TellField = (field: string, message: string) => void;

export interface DocumentDescription<Schema extends z.ZodTypeAny> {
  name: string;
  displayName: string;
  phrase: string;
  schema: Schema;
  sample: z.input<Schema> & object;
  complete?: (document: z.infer<Schema>, settings: Settings, tell: TellField) => void;
  tables?: DocumentType['tables'];
  completes?: DocumentType['completes'];
  computed?: DocumentType['computed'];
  assigned?: DocumentType['assigned'];
  usual?: DocumentType['usual'];
  label?: DocumentType['label'];
  check?: (document: z.infer<Schema>) => void;
  reads?: DocumentType['reads'];
  xmlText?: boolean;
  /** Fields that mappings cannot do without, where the schema is more patient than they are. */
  needed?: readonly string[];
}

export function documentType<Schema extends z.ZodTypeAny>({
  needed = [],
  complete,
  check,
  ...description
}: DocumentDescription<Schema>): DocumentType {
  const fields = fieldsOf(description.schema).map((field) =>
    needed.includes(field.path) ? { ...field, required: true } : field,
  );
  return {
    ...description,
    fields,
    complete: complete as DocumentType['complete'],
    check: check as DocumentType['check'],
  };
}

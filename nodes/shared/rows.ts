/** Parts of a record that a person fills in one by one: a list, or one group of fields. */
import { mapValues } from 'lodash';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

interface Entered {
  displayName: string;
  /** Of the field in the document. */
  name: string;
  /** What one is called; several can be added. Left out: there is one, called as the whole. */
  each?: string;
  values: INodeProperties[];
}

/** Below this name n8n keeps what was entered. */
const ROW = 'row';

export function rows({ displayName, name, each, values }: Entered): INodeProperties {
  return {
    displayName,
    name,
    type: 'fixedCollection',
    typeOptions: { multipleValues: each !== undefined },
    placeholder: `Add ${each ?? displayName}`,
    default: {},
    options: [{ displayName: each ?? displayName, name: ROW, values }],
  };
}

const isEntered = (value: unknown): value is { row: unknown } =>
  typeof value === 'object' && value !== null && ROW in value;

/** What was entered as the document has it: a list, or the part itself. */
export const unrolled =
  (names: readonly string[]) =>
  (fields: IDataObject): object =>
    mapValues(fields, (value, name) =>
      names.includes(name) && isEntered(value) ? value.row : value,
    );

import { get } from 'lodash';
import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import type { DocumentType } from '../../core/documents';
import type { Choice } from '../../core/dynamics/tables';
import { parseTarget } from '../../core/mapping';
import { findDocument } from '../../core/presets';
import { environmentOf } from './columns/environment';
import { OTHER_VALUE } from './fields';
import { CUSTOM } from './presetFields';
import { named, type SavedRow } from './rows/saved';

const other: INodePropertyOptions = {
  name: 'Other (Type a Value)',
  value: OTHER_VALUE,
  description: 'A value that is not in this list',
};

/** What the pack itself knows of a field. */
function knownChoices(document: DocumentType, path: string): INodePropertyOptions[] {
  const field = document.fields.find((known) => known.path === path);
  if (field?.type === 'boolean') {
    return [
      { name: 'Yes', value: true },
      { name: 'No', value: false },
    ];
  }
  return (field?.choices ?? []).map((value) => ({ name: value, value }));
}

const liveChoice = ({ value, label }: Choice): INodePropertyOptions => ({
  name: label,
  value,
  description: String(value),
});

/** What a target field may hold, for the lists of the editor; no options where every value can be. */
export interface TargetChoices {
  options: INodePropertyOptions[];
  /** Why the environment's own are missing. */
  trouble?: string;
}

/** `target` is what the list of target fields saves: `salesorder.new_gift`, `commerce.order:status`. */
export async function choicesOf(
  context: ILoadOptionsFunctions,
  target: string,
): Promise<TargetChoices> {
  const from = context.getCurrentNodeParameter('from');
  const last = context.getCurrentNodeParameter(from === CUSTOM ? 'customTo' : 'to');
  const { document: name = String(last), to: path } = parseTarget(target);
  const document = findDocument(name);
  if (document === undefined) return { options: [] };
  const { columns, trouble } = await environmentOf(context, document);
  const live = columns.get(path)?.choices;
  return { options: live?.map(liveChoice) ?? knownChoices(document, path), trouble };
}

/** `parameters.fieldOverrides.rows[2].lookupTable.rows[0].to`: n8n keeps it to itself what a list is asked for. */
function rowAsking(context: ILoadOptionsFunctions): SavedRow | undefined {
  const path: unknown = Reflect.get(context, 'path');
  const [, row] = /^(?:parameters\.)?(fieldOverrides\.rows\[\d+\])/.exec(String(path)) ?? [];
  const parameters = context.getCurrentNodeParameters();
  return row === undefined ? undefined : (get(parameters, row) as SavedRow | undefined);
}

/** The targets of the rows that look up, where it is not known which of them asks. */
function lookingUp(context: ILoadOptionsFunctions): SavedRow[] {
  const rows = get(context.getCurrentNodeParameters(), 'fieldOverrides.rows', []) as SavedRow[];
  return rows.filter(({ transform }) => transform === 'lookup');
}

/** The list of what the target of a row may hold. */
export async function getTargetChoices(
  this: ILoadOptionsFunctions,
): Promise<INodePropertyOptions[]> {
  const asking = rowAsking(this);
  const rows = asking === undefined ? lookingUp(this) : [asking];
  const targets = rows.map(({ target, otherTarget }) => named(target, otherTarget));
  const choices = await Promise.all(targets.map((target) => choicesOf(this, target)));
  const trouble = choices.find((one) => one.trouble !== undefined)?.trouble;
  const typed = trouble === undefined ? other : { ...other, description: trouble };
  return [...choices.flatMap(({ options }) => options), typed];
}

import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import { type DocumentField, type DocumentType, listName, rowName } from '../../core/documents';
import { explainMapping, fillableDocuments } from '../../core/mapping';
import { DOCUMENTS, findDocument, findPreset } from '../../core/presets';
import { getTargetChoices } from './choices';
import { environmentTargets } from './columns/environment';
import { CUSTOM } from './presetFields';
import { OTHER } from './properties';

const other: INodePropertyOptions = {
  name: 'Other (Type a Name)',
  value: OTHER,
  description: 'A field that is not in this list',
};

function isLeaf({ type }: DocumentField): boolean {
  return type !== 'object' && type !== 'list';
}

function toOption(
  { path, type, required, description, maxLength }: DocumentField,
  origin?: string,
): INodePropertyOptions {
  const facts = [
    type,
    required ? 'required' : '',
    maxLength ? `up to ${maxLength} characters` : '',
  ];
  const now = origin === undefined ? '' : `Now ${origin}`;
  const parts = [now, description ?? '', facts.filter(Boolean).join(', ')];
  return { name: listName(path), value: path, description: parts.filter(Boolean).join('. ') };
}

type Preset = NonNullable<ReturnType<typeof findPreset>>;

/** What the preset fills and from where, then what else the target document is known to have. */
function targetOptions(to: string, preset: Preset | undefined): INodePropertyOptions[] {
  const filled = preset ? explainMapping(preset, DOCUMENTS) : new Map<string, string>();
  const document = findDocument(to);
  const fields = document?.fields.filter(isLeaf) ?? [];
  const known = new Map(fields.map((field) => [field.path, field]));
  const inPreset = [...filled].map(([path, origin]): INodePropertyOptions => {
    const field = known.get(path);
    return field
      ? toOption(field, origin)
      : { name: listName(path), value: path, description: `Now ${origin}` };
  });
  const others = fields.filter(({ path }) => !filled.has(path)).map((field) => toOption(field));
  const options = [...inPreset, ...others];
  if (document?.label === undefined) return options;
  return options.map((option) => ({ ...option, name: rowName(document, String(option.value)) }));
}

/** A list as a whole too: a shop may give it in a form that only a formula can read. */
function canBeRow({ path, type }: DocumentField, { computed = [] }: DocumentType): boolean {
  const isComputed = computed.some((part) => path === part || path.startsWith(`${part}.`));
  const lists = path.split('[*]').length - 1;
  return type !== 'object' && !isComputed && lists < 2;
}

/** The fields of the documents on the way, of which the preset makes its target. */
function betweenOptions(preset: Preset): INodePropertyOptions[] {
  return fillableDocuments(preset, DOCUMENTS)
    .filter((name) => name !== preset.to)
    .flatMap((name) => {
      const document = findDocument(name);
      if (document === undefined) return [];
      const origins = explainMapping(preset, DOCUMENTS, name);
      return document.fields
        .filter((field) => canBeRow(field, document))
        .map((field) => ({
          ...toOption(field, origins.get(field.path)),
          name: rowName(document, field.path),
          value: `${name}:${field.path}`,
        }));
    });
}

function current(context: ILoadOptionsFunctions, preset: string, custom: string): string {
  const from = context.getCurrentNodeParameter('from') as string | undefined;
  const name = context.getCurrentNodeParameter(from === CUSTOM ? custom : preset);
  return typeof name === 'string' ? name : '';
}

export const loadOptions = {
  getTargetChoices,

  /** The fields of the target document, then those of the documents on the way to it, by their names. */
  async getTargetFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
    const to = current(this, 'to', 'customTo');
    const from = this.getCurrentNodeParameter('from') as string | undefined;
    const preset = findPreset(from ?? '', to);
    const known = targetOptions(to, preset);
    const { options, trouble } = await environmentTargets(this, to, known);
    const typed = trouble === undefined ? other : { ...other, description: trouble };
    return [...options, ...(preset ? betweenOptions(preset) : []), typed];
  },

  async getSourceFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
    const from = current(this, 'from', 'customFrom');
    const fields = findDocument(from)?.fields.filter(isLeaf) ?? [];
    return [...fields.map((field) => toOption(field)), other];
  },
};

import type { ILoadOptionsFunctions, INodePropertyOptions } from 'n8n-workflow';

import type { DocumentField } from '../../core/documents';
import { explainMapping } from '../../core/mapping';
import { DOCUMENTS, findDocument, findPreset } from '../../core/presets';
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

function toOption({
  path,
  type,
  required,
  description,
  maxLength,
}: DocumentField): INodePropertyOptions {
  const facts = [
    type,
    required ? 'required' : '',
    maxLength ? `up to ${maxLength} characters` : '',
  ];
  const text = [description ?? '', facts.filter(Boolean).join(', ')].filter(Boolean).join('. ');
  return { name: path, value: path, description: text };
}

function current(context: ILoadOptionsFunctions, preset: string, custom: string): string {
  const from = context.getCurrentNodeParameter('from') as string | undefined;
  const name = context.getCurrentNodeParameter(from === CUSTOM ? custom : preset);
  return typeof name === 'string' ? name : '';
}

export const loadOptions = {
  /** What the preset fills and from where, then what else the target document is known to have. */
  async getTargetFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
    const to = current(this, 'to', 'customTo');
    const from = this.getCurrentNodeParameter('from') as string | undefined;
    const preset = findPreset(from ?? '', to);
    const filled = preset ? explainMapping(preset, DOCUMENTS) : new Map<string, string>();
    const fields = findDocument(to)?.fields.filter(isLeaf) ?? [];
    const known = new Map(fields.map((field) => [field.path, field]));
    const inPreset = [...filled].map(([path, origin]): INodePropertyOptions => {
      const field = known.get(path);
      const option = field ? toOption(field) : { name: path, value: path };
      return {
        ...option,
        description: [`Now ${origin}`, option.description].filter(Boolean).join('. '),
      };
    });
    const others = fields.filter(({ path }) => !filled.has(path)).map(toOption);
    return [...inPreset, ...others, other];
  },

  async getSourceFields(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
    const from = current(this, 'from', 'customFrom');
    const fields = findDocument(from)?.fields.filter(isLeaf) ?? [];
    return [...fields.map(toOption), other];
  },
};

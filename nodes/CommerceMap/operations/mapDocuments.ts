import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';

import { prepareMapping } from '../../../core/mapping';
import type { Mapping, MappingContext } from '../../../core/mapping';
import { DOCUMENTS } from '../../../core/presets';
import { failItem, nodeError, resultItem } from '../../shared/items';
import type { Operation } from '../../shared/operation';
import { mapOptions, mappingFields } from '../properties';
import { readSettings } from '../settings';
import type { Settings } from '../settings';

interface MapOptions {
  carryAlong?: string;
  includeInput?: boolean;
  storeName?: string;
}

const CARRIED = 'source, claim';

/** A mistake in the mapping concerns all items, and no item can repair it: the node stops. */
async function prepare(context: IExecuteFunctions): Promise<Settings & { compiled: Mapping }> {
  try {
    const settings = readSettings(context);
    const compiled = await prepareMapping(settings.mapping, { documents: DOCUMENTS });
    return { ...settings, compiled };
  } catch (error) {
    throw nodeError(context, error, 0);
  }
}

/** Where the document comes from: what the trigger put on the item, else what the options say. */
function sourceReader(mapping: Settings['mapping'], storeName = ''): (json: IDataObject) => object {
  const fallback: Record<string, string> = { platform: mapping.from.split('.')[0] ?? '' };
  if (storeName !== '') fallback.store = storeName;
  return ({ source }) =>
    source !== null && typeof source === 'object' ? { ...fallback, ...source } : fallback;
}

function outputWriter({
  carryAlong = CARRIED,
  includeInput = false,
}: MapOptions): (input: INodeExecutionData, document: object, index: number) => INodeExecutionData {
  if (includeInput) {
    return (input, document, index) => {
      const item = resultItem({ ...input.json, ...document }, index);
      return input.binary ? { ...item, binary: input.binary } : item;
    };
  }
  const carried = carryAlong
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return ({ json }, document, index) => {
    // The mapping has just made the document for this item: nobody else holds it.
    const output = document as IDataObject;
    for (const name of carried) {
      if (Object.hasOwn(json, name)) output[name] = json[name];
    }
    return resultItem(output, index);
  };
}

export const mapDocuments: Operation = {
  name: 'Map Documents',
  value: 'map',
  action: 'Map documents',
  description: 'Turn each item from one document into another',
  properties: [...mappingFields, mapOptions],
  async execute(items) {
    const { compiled, mapping, expressionsFor } = await prepare(this);
    const options = this.getNodeParameter('options', 0, {}) as MapOptions;
    const sourceOf = sourceReader(mapping, options.storeName);
    const write = outputWriter(options);
    const output: INodeExecutionData[] = [];
    for (const [index, item] of items.entries()) {
      const context: MappingContext = {
        source: sourceOf(item.json),
        expressions: expressionsFor?.(index),
      };
      const result = compiled.hasFormulas
        ? await compiled.mapAsync(item.json, context)
        : compiled.map(item.json, context);
      output.push(
        result.ok ? write(item, result.document, index) : failItem(this, result.error, index),
      );
    }
    return output;
  },
};

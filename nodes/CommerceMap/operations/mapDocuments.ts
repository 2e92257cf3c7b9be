import { memoize, uniq } from 'lodash';
import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  NodeExecutionHint,
} from 'n8n-workflow';

import { prepareMapping } from '../../../core/mapping';
import type { Mapping, MappingContext, MappingResult } from '../../../core/mapping';
import type { Outcome } from '../../../core/outcome';
import { DOCUMENTS } from '../../../core/presets';
import { isByHand } from '../../shared/byHand';
import { DRY_RUN } from '../../shared/dryClaim';
import { recordIn } from '../../shared/input';
import { nodeError, resultItem } from '../../shared/items';
import type { Operation } from '../../shared/operation';
import { parameterReader, sameForAll } from '../../shared/parameters';
import { eachAtOnce, eachOf, itemSteps } from '../../shared/steps';
import { expressionsOf } from '../expressions';
import { CUSTOM } from '../presetFields';
import { toldByError } from '../failed';
import { withOwnName } from '../ownName';
import { type Preview, previewHints } from '../preview';
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
    const hasRows = sameForAll(context, 'from') !== CUSTOM;
    const compiled = await prepareMapping(settings.mapping, { documents: DOCUMENTS, hasRows });
    return { ...settings, compiled };
  } catch (error) {
    throw nodeError(context, error, 0);
  }
}

/** Where the document comes from: what the trigger put on the item, else what the options say. */
function sourceReader(
  mapping: Settings['mapping'],
): (json: IDataObject, options: MapOptions) => object {
  const platform = mapping.from.split('.')[0] ?? '';
  return ({ source }, { storeName = '' }) => {
    const fallback = storeName === '' ? { platform } : { platform, store: storeName };
    return source !== null && typeof source === 'object' ? { ...fallback, ...source } : fallback;
  };
}

type OutputWriter = (
  input: INodeExecutionData,
  document: object,
  index: number,
) => INodeExecutionData;

function outputWriter({ carryAlong = CARRIED, includeInput = false }: MapOptions): OutputWriter {
  if (includeInput) {
    return (input, document, index) => {
      const item = resultItem({ ...input.json, ...document }, index);
      return input.binary ? { ...item, binary: input.binary } : item;
    };
  }
  // Whatever a person carries along: what nodes before this one have not written must not be noted as sent.
  const names = carryAlong.split(',').map((name) => name.trim());
  const carried = uniq([...names.filter((name) => name !== ''), DRY_RUN]);
  return ({ json }, document, index) => {
    // The mapping has just made the document for this item: nobody else holds it.
    const output = document as IDataObject;
    for (const name of carried) {
      if (Object.hasOwn(json, name)) output[name] = json[name];
    }
    return resultItem(output, index);
  };
}

interface Work {
  json: IDataObject;
  scope: MappingContext;
}

const NOTE_HINT: NodeExecutionHint = {
  message:
    'Something of these documents was changed, left out or let through as it was written. The field <b>notes</b> of the item says what, and where.',
  type: 'info',
  location: 'outputPane',
};

const hasNotes = (outcome: Outcome<object>): boolean => outcome.ok && 'notes' in outcome.value;

/** Who tries the mapping by hand is told all that there is to say of it; of a run of its own only that there are notes. */
async function hintsFor(
  context: IExecuteFunctions,
  preview: Preview,
): Promise<NodeExecutionHint[]> {
  if (isByHand(context)) return await previewHints(context, preview);
  return preview.outcomes.some(hasNotes) ? [NOTE_HINT] : [];
}

/** A run by hand that ends with the first failure, and shows no hints. */
function stops(context: IExecuteFunctions): boolean {
  return isByHand(context) && !context.continueOnFail();
}

/** One after the other: n8n works out expressions and formulas in one place. */
function mapAllWith(
  mapping: Mapping,
): (all: Work[]) => Outcome<object>[] | Promise<Outcome<object>[]> {
  return mapping.hasFormulas
    ? eachOf(1, async (work: Work) => mapped(work, await mapping.mapAsync(work.json, work.scope)))
    : eachAtOnce((work: Work) => mapped(work, mapping.map(work.json, work.scope)));
}

function mapped({ json }: Work, result: MappingResult): object {
  if (!result.ok) throw result.error;
  const { document, notes } = result;
  if (notes) document.notes = [...notesOf(json), ...notes];
  return document;
}

/** What nodes before this one have said of the item. */
function notesOf({ notes }: IDataObject): unknown[] {
  return Array.isArray(notes) ? notes : [];
}

export const mapDocuments: Operation = {
  name: 'Map Documents',
  value: 'map',
  action: 'Map documents',
  description: 'Turn each item from one document into another',
  properties: [...mappingFields, mapOptions],
  // Maps in memory, and sends nothing: whoever sends the document asks for its claim.
  holdsClaims: false,
  async start(context) {
    const { compiled, mapping, expressions, columns } = await prepare(context);
    const expressionsFor = expressionsOf(context, expressions);
    const read = parameterReader(context);
    // Asked for twice of each item, and an expression in them is worked out once.
    const optionsOf = memoize((index: number) => read<MapOptions>('options', index, {}));
    // One writer for all items that have the same options, which is nearly always all of them.
    const writerOf = memoize(outputWriter);
    const settings = { prices: read.forAll<string>('prices', 'net') };
    const sourceOf = sourceReader(mapping);
    const mapAll = mapAllWith(compiled);
    return itemSteps<Work, object>({
      prepare: ({ json }, index) => ({
        json: recordIn(json),
        scope: {
          source: sourceOf(json, optionsOf(index)),
          settings,
          expressions: expressionsFor?.(index),
        },
      }),
      run: async (all) => {
        const { name } = context.getNode();
        const outcomes = (await mapAll(all)).map((outcome) => withOwnName(outcome, name));
        const inputs = all.map(({ json }) => json);
        const preview = { mapping, columns, expressions, inputs, outcomes };
        context.addExecutionHints(...(await hintsFor(context, preview)));
        return stops(context) ? toldByError(outcomes) : outcomes;
      },
      output: (input, document, index) => writerOf(optionsOf(index))(input, document, index),
    });
  },
};

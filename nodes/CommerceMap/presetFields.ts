import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { MappingPlan, MappingSpec } from '../../core/mapping';
import { isPlan, targetFields } from '../../core/mapping';
import { DOCUMENTS, PRESETS, findDocument } from '../../core/presets';

/** The value of From that stands for a mapping of the user's own. */
export const CUSTOM = 'custom';

function displayName(document: string): string {
  return findDocument(document)?.displayName ?? document;
}

function byName(a: INodePropertyOptions, b: INodePropertyOptions): number {
  return a.name.localeCompare(b.name);
}

export const documentOptions: INodePropertyOptions[] = DOCUMENTS.map((document) => ({
  name: document.displayName,
  value: document.name,
})).sort(byName);

const sources = [...new Set(PRESETS.map(({ from }) => from))];

const from: INodeProperties = {
  displayName: 'From',
  name: 'from',
  type: 'options',
  noDataExpression: true,
  options: [
    ...sources.map((name) => ({ name: displayName(name), value: name })),
    {
      name: 'Custom',
      value: CUSTOM,
      description: 'A mapping of your own, for documents of any kind',
    },
  ].sort(byName),
  default: 'xcart.order',
  description: 'The document that comes in',
};

function targetOptions(source: string): INodePropertyOptions[] {
  return PRESETS.filter((preset) => preset.from === source)
    .map(({ to }) => ({ name: displayName(to), value: to }))
    .sort(byName);
}

/** One field per source, so that only targets can be chosen that there is a preset for; another service comes first. */
function toField(source: string): INodeProperties {
  const preferred = PRESETS.find((preset) => preset.from === source)?.to ?? '';
  return {
    displayName: 'To',
    name: 'to',
    type: 'options',
    noDataExpression: true,
    displayOptions: { show: { from: [source] } },
    options: targetOptions(source),
    default: preferred,
    description: 'The document that goes out',
  };
}

function notice(preset: MappingSpec | MappingPlan, index: number): INodeProperties {
  return {
    displayName: `This preset fills ${targetFields(preset).length} fields: a row each under Columns says where its value comes from. Change a row there to fill it in another way, or add one.`,
    name: `presetNotice${index}`,
    type: 'notice',
    default: '',
    displayOptions: { show: { from: [preset.from], to: [preset.to] } },
  };
}

const COMMON_ORDER = 'commerce.order';

function usesCommonOrder(preset: MappingSpec | MappingPlan): boolean {
  const steps = isPlan(preset) ? preset.steps : [preset];
  return steps.some((step) => step.from === COMMON_ORDER || step.to === COMMON_ORDER);
}

/** What the user says of amounts, as `@settings.prices`; shown where an order is booked on the way. */
const prices: INodeProperties = {
  displayName: 'Tax Included in Prices',
  name: 'prices',
  type: 'options',
  noDataExpression: true,
  displayOptions: {
    show: { from: [...new Set(PRESETS.filter(usesCommonOrder).map((preset) => preset.from))] },
  },
  options: [
    {
      name: 'Take Out (Net)',
      value: 'net',
      description:
        'Prices, shipping and discounts go in without the tax that the shop has included in them, and it stands as tax on the lines. The total stays the same.',
    },
    {
      name: 'Leave In (Gross)',
      value: 'gross',
      description: 'Prices go in as the shop writes them, and tax inside them is not shown',
    },
  ],
  default: 'net',
  description:
    'How to write prices that have tax in them, such as VAT. Tax on top of the prices is always shown.',
};

/** Which preset, and what it fills. */
export const presetFields: INodeProperties[] = [
  from,
  ...sources.map(toField),
  ...PRESETS.map(notice),
  prices,
];

/** "X-Cart Order → Sales Order"; n8n works it out on the canvas, from the parameters alone. */
export const mappingSubtitle = subtitle();

/** The canvas has room for some 27 letters: what only Dynamics 365 has needs not say so there. */
function short(name: string): string {
  return name.replace(/^Dynamics 365 /, '');
}

function subtitle(): string {
  const names = Object.fromEntries(
    DOCUMENTS.map(({ name, displayName: shown }) => [name, short(shown)]),
  );
  const named = (parameter: string) =>
    `${JSON.stringify({ ...names, [CUSTOM]: 'Custom mapping' })}[$parameter["${parameter}"]]`;
  const mapped = `[${named('from')}, ${named('to')}].filter((name) => name).join(" → ")`;
  return `={{ $parameter["operation"] === "route" ? "By the state of the order" : ${mapped} }}`;
}

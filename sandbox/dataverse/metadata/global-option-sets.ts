import type { JsonObject } from '../options';
import { choices } from '../schema/columns';
import { option, optionSetCommon } from './attributes';

/** Choices that do not belong to one table. */
const SETS: ReadonlyArray<
  readonly [name: string, label: string, Readonly<Record<number, string>>]
> = [
  ['metric_goaltype', 'Goal Type', { 0: 'Money', 1: 'Decimal', 2: 'Integer' }],
  [
    'budgetstatus',
    'Budget',
    { 0: 'No Committed Budget', 1: 'May Buy', 2: 'Can Buy', 3: 'Will Buy' },
  ],
  ['need', 'Need', { 0: 'Must have', 1: 'Should have', 2: 'Good to have', 3: 'No need' }],
];

export const globalOptionSets = (): JsonObject[] =>
  SETS.map(([name, label, labels]) => ({
    '@odata.type': '#Microsoft.Dynamics.CRM.OptionSetMetadata',
    ...optionSetCommon(name, label, 'Picklist', true),
    Options: choices(labels).map((choice) => option(name, choice)),
  }));

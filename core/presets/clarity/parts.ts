import { mapValues } from 'lodash';

import { codesTo, type StatusCodes } from '../../commerce/statuses';
import type { FieldRule, TransformCall } from '../../mapping/spec';
import { byWord } from '../../stores/clarity/statuses';
import { country, ornament, phone, text } from '../parts';

/** First and last name, also of a shop that writes both in one field. */
export function names(first: string, last: string, whole: string): FieldRule[] {
  const part = (to: string, from: string, which: 'first' | 'last'): FieldRule[] => [
    {
      to,
      from: whole,
      transforms: ['trim', { type: 'nameSplit', part: which }],
      otherwise: 'omit',
    },
    { ...ornament(to, from), when: { path: from, is: 'exists' } },
  ];
  return [...part('firstName', first, 'first'), ...part('lastName', last, 'last')];
}

export function address(from: string): FieldRule[] {
  const part = (to: string): FieldRule => ornament(to, `${from}.${to}`);
  return [
    ...names(`${from}.firstName`, `${from}.lastName`, `${from}.name`),
    part('company'),
    part('line1'),
    part('line2'),
    part('line3'),
    part('city'),
    part('state'),
    part('postalCode'),
    country(`${from}.country`),
    phone(`${from}.phone`, `${from}.country`),
  ];
}

/** The other way round; the address of an order or a customer has no fields but these. */
export function toAddress(from: string): FieldRule[] {
  return [
    'firstName',
    'lastName',
    'company',
    'line1',
    'line2',
    'line3',
    'city',
    'state',
    'postalCode',
    'country',
    'phone',
  ].map((name) => ({ to: name, from: `${from}.${name}` }));
}

const without = (search: string): TransformCall => ({ type: 'replace', search, with: '' });

const IN_ONE_WRITING: TransformCall[] = ['lower', without(' '), without('-'), without('_')];

/** What a word of the shop means, however it is spelt; another one is `other`, or nothing. */
export function wordIn(table: Readonly<Record<string, string>>, other?: string): TransformCall[] {
  const missing: { otherwise: string; value?: string } =
    other === undefined ? { otherwise: 'empty' } : { otherwise: 'value', value: other };
  return [...IN_ONE_WRITING, { type: 'lookup', table: byWord(table), ...missing } as TransformCall];
}

/** The same, where any other word stops the record. */
export function wordOf(table: Readonly<Record<string, string>>): TransformCall[] {
  return [...IN_ONE_WRITING, { type: 'lookup', table: byWord(table) }];
}

/**
 * A status in common words, and beside it what the shop itself says. The code of a word that is known is written as the
 * tables of statuses write it, so that `partiallyRefunded` is found there as `Partially Refunded`.
 */
export function status<Word extends string>(
  to: string,
  from: string,
  codes: StatusCodes<Word>,
): FieldRule[] {
  const itself = mapValues(codes, (_, code) => code);
  return [
    { to, from, transforms: wordIn(codesTo(codes, 'status'), 'unknown') },
    text(`${to}Code`, from),
    { to: `${to}Code`, from, transforms: wordIn(itself) },
    text(`${to}Name`, from),
  ];
}

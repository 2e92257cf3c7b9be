import * as fc from 'fast-check';

import {
  asBody,
  entity,
  executionContext,
  keyed,
  reference,
  type SdkEntity,
  type SdkValue,
  target,
} from '../../../../test/support/executionContext';
import type { ColumnType } from '../../tables';
import { deliveryIdOf, readEvent } from './payload';
import { shapeOf } from './values';

const ID = '6d81597f-0f9f-e711-8122-000d3aa2331c';
const USER = '75c2dd85-e89e-e711-8122-000d3aa2331c';
const FORMATTED = '@OData.Community.Display.V1.FormattedValue';
const LOOKED_UP = '@Microsoft.Dynamics.CRM.lookuplogicalname';

const order = (columns: SdkEntity['columns'] = {}, formatted = {}): SdkEntity => ({
  table: 'salesorder',
  id: ID,
  columns,
  formatted,
});

const read = (
  row: SdkEntity,
  other: Record<string, unknown> = {},
  types: Record<string, ColumnType> = {},
  headers: Record<string, string> = {},
) =>
  readEvent(
    { rawBody: asBody(executionContext(row, other)), headers },
    { table: 'salesorder', types: new Map(Object.entries(types)) },
  );

describe('an event of Dataverse', () => {
  it('is the row that the Web API gives, annotations before the values', () => {
    const event = read(
      order(
        {
          statuscode: { type: 'choice', value: 100001 },
          totalamount: { type: 'money', value: 123.45 },
          salesorderid: { type: 'plain', value: ID },
          modifiedon: { type: 'moment', value: 1506384247000 },
          modifiedby: { type: 'lookup', value: USER, table: 'systemuser', name: null },
          customerid: {
            type: 'lookup',
            value: USER.toUpperCase(),
            table: 'account',
            name: 'Adventure',
          },
          new_channels: { type: 'choices', value: [1, 20] },
          name: { type: 'plain', value: 'Web 1/1001' },
        },
        { statuscode: 'Complete' },
      ),
    );
    expect(event).toMatchObject({
      ...{ table: 'salesorder', id: ID, message: 'Update', isCut: false, depth: 1 },
      operationId: '4af10637-4ea2-e711-8122-000d3aa2331c',
      correlationId: 'b374239d-4233-41a9-8b17-a86cb4f737b5',
      stepId: '75417616-4ea2-e711-8122-000d3aa2331c',
      ...{ initiatingUserId: USER, userId: USER, occurredAt: '2017-09-26T07:04:08Z' },
    });
    expect(event.requestId).toBeUndefined();
    expect(Object.entries(event.columns)).toEqual([
      [`statuscode${FORMATTED}`, 'Complete'],
      ['statuscode', 100001],
      ['totalamount', 123.45],
      ['salesorderid', ID],
      ['modifiedon', '2017-09-26T00:04:07Z'],
      [`_modifiedby_value${LOOKED_UP}`, 'systemuser'],
      ['_modifiedby_value', USER],
      [`_customerid_value${FORMATTED}`, 'Adventure'],
      [`_customerid_value${LOOKED_UP}`, 'account'],
      ['_customerid_value', USER],
      ['new_channels', '1,20'],
      ['name', 'Web 1/1001'],
    ]);
  });

  it('knows by the columns of the table what a null, a day, a list of none and a text are', () => {
    const columns: SdkEntity['columns'] = {
      pricelevelid: { type: 'plain', value: null },
      modifiedonbehalfby: { type: 'plain', value: null },
      description: { type: 'plain', value: null },
      submitdate: { type: 'moment', value: Date.UTC(2026, 10, 28) },
      new_channels: { type: 'choices', value: [] },
      name: { type: 'plain', value: '/Date(0)/' },
    };
    const types: Record<string, ColumnType> = {
      ...{ pricelevelid: 'lookup', submitdate: 'date', new_channels: 'choices', name: 'string' },
    };
    expect(read(order(columns), {}, types).columns).toEqual({
      ...{ _pricelevelid_value: null, _modifiedonbehalfby_value: null, description: null },
      ...{ submitdate: '2026-11-28', new_channels: null, name: '/Date(0)/' },
    });
    expect(read(order(columns)).columns).toEqual({
      ...{ pricelevelid: null, _modifiedonbehalfby_value: null, description: null },
      ...{ submitdate: '2026-11-28T00:00:00Z', new_channels: [], name: '1970-01-01T00:00:00Z' },
    });
    expect(shapeOf('salesorder', []).types.size).toBe(0);
  });

  it('reads images, and leaves out the one that Dataverse adds by itself', () => {
    const image = (status: number): object =>
      entity(order({ statuscode: { type: 'choice', value: status } }));
    const own = { type: 'plain', value: 'Web 1001' } as const;
    const event = read(order(), {
      PreEntityImages: keyed({ before: image(1) }),
      PostEntityImages: keyed({
        AsynchronousStepPrimaryName: entity(order({ name: own })),
        after: image(4),
      }),
    });
    expect(event.before).toEqual({ statuscode: 1 });
    expect(event.after).toEqual({ statuscode: 4 });
    const without = read(order(), {
      PostEntityImages: keyed({ AsynchronousStepPrimaryName: entity(order({ name: own })) }),
    });
    expect([without.before, without.after]).toEqual([undefined, undefined]);
  });

  it('tells of a deletion by the reference alone, and of a creation by the id that came of it', () => {
    const deleted = read(order(), {
      MessageName: 'Delete',
      InputParameters: keyed({ Target: reference('salesorder', ID) }),
    });
    expect(deleted).toMatchObject({ message: 'Delete', id: ID, columns: {}, isCut: false });
    const created = read(
      {
        ...order({ name: { type: 'plain', value: 'A' } }),
        id: '00000000-0000-0000-0000-000000000000',
      },
      { MessageName: 'Create', OutputParameters: keyed({ id: ID }) },
    );
    expect(created).toMatchObject({ message: 'Create', id: ID, columns: { name: 'A' } });
  });

  it.each([
    ['a state that was set', 'EntityMoniker', { State: 1 }],
    ['an assignment', 'Target', { Assignee: 2 }],
  ])('gives what %s was called with', (_what, name, parameters) => {
    const event = read(order(), {
      MessageName: 'SetState',
      InputParameters: keyed({ [name]: reference('salesorder', ID), ...parameters }),
    });
    expect(event.parameters).toEqual(parameters);
    expect(event.id).toBe(ID);
  });

  it('takes the tag of the request from wherever it stands above', () => {
    const event = read(order(), {
      SharedVariables: keyed({ IsAutoTransact: true }),
      ParentContext: executionContext(order(), {
        SharedVariables: keyed({ tag: 'n8n', IsAutoTransact: false }),
      }),
    });
    expect(event.tag).toBe('n8n');
    expect(event.sharedVariables).toEqual({ tag: 'n8n', IsAutoTransact: true });
  });

  describe('that is not whole', () => {
    const CUT = {
      InputParameters: undefined,
      PreEntityImages: undefined,
      PostEntityImages: undefined,
    };

    it.each<[string, Record<string, unknown>, Record<string, string>]>([
      ['over 256 KB', CUT, { 'x-ms-dynamics-msg-size-exceeded': 'true' }],
      ['said to be so', {}, { 'x-ms-dynamics-msg-size-exceeded': 'True' }],
      ['without parameters', { InputParameters: null }, {}],
      ['without images', { PreEntityImages: undefined }, {}],
      ['without a target', { InputParameters: [] }, {}],
    ])('%s', (_what, other, headers) => {
      expect(read(order(), other, {}, headers)).toMatchObject({ id: ID, columns: {}, isCut: true });
    });

    it('where a lookup names its row by a key', () => {
      const byKey = { type: 'lookup', value: '00000000-0000-0000-0000-000000000000' } as const;
      const event = read(order({ customerid: { ...byKey, table: 'account', name: null } }));
      expect(event.columns).toEqual({});
      expect(event.isCut).toBe(true);
    });

    it('takes table and message from the headers', () => {
      const headers = {
        'x-ms-dynamics-entity-name': 'salesorder',
        'x-ms-dynamics-request-name': 'Update',
      };
      const other = { ...CUT, PrimaryEntityName: undefined, MessageName: undefined };
      expect(read(order(), other, {}, headers)).toMatchObject({
        ...{ table: 'salesorder', message: 'Update', isCut: true },
      });
    });
  });

  it.each([
    [{ PrimaryEntityName: undefined, InputParameters: [] }, 'PrimaryEntityName'],
    [{ MessageName: 7 }, 'MessageName'],
    [
      { PrimaryEntityId: 'x', MessageName: '', InputParameters: null },
      'PrimaryEntityId, MessageName',
    ],
  ])('names what is absent without which there is none', (other, fields) => {
    expect(() => read(order(), other)).toThrow(`The webhook has no valid ${fields}`);
  });

  it.each(['', '[1]', 'null', '<xml/>'])('refuses %j', (text) => {
    expect(() => readEvent({ rawBody: Buffer.from(text), headers: {} })).toThrow(
      /^The body of the webhook is no/,
    );
  });

  it('bears members and types that nobody knows', () => {
    const event = read(order(), {
      Novelty: { __type: 'Novelty:http://example.com', Parts: [1] },
      InputParameters: keyed({
        Target: target(order({ name: { type: 'plain', value: 'A' } })),
        Novelty: {
          __type: 'Novelty:http://example.com',
          Value: { __type: 'Other', Deep: '/Date(0)/' },
        },
      }),
    });
    expect(event.columns).toEqual({ name: 'A' });
    expect(event.parameters).toEqual({ Novelty: { Value: { Deep: '1970-01-01T00:00:00Z' } } });
  });

  it.each<[string, Record<string, unknown>, string | undefined]>([
    ['of its job', {}, '4af10637-4ea2-e711-8122-000d3aa2331c'],
    [
      'of its request',
      { OperationId: '00000000-0000-0000-0000-000000000000', RequestId: USER },
      `${USER} 75417616-4ea2-e711-8122-000d3aa2331c salesorder ${ID} Update`,
    ],
    [
      'of its request, which is the operation too',
      { OperationId: USER, RequestId: USER },
      `${USER} 75417616-4ea2-e711-8122-000d3aa2331c salesorder ${ID} Update`,
    ],
    ['of neither', { OperationId: null }, undefined],
  ])('is known again by the id %s', (_what, other, id) => {
    expect(deliveryIdOf(read(order(), other))).toBe(id);
  });
});

const day = fc.integer({ min: Date.UTC(1753, 0, 1), max: Date.UTC(9999, 11, 31) });
const id = fc.uuid();

/** A value as Dataverse writes it, and what the Web API gives of a column `x` that holds it. */
type Pair = [SdkValue, Record<string, unknown>];

const plain = fc.oneof(
  fc.string({ unit: 'grapheme' }).filter((text) => !/^\/Date\(/.test(text)),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
  fc.boolean(),
  fc.constant(null),
);

const pair: fc.Arbitrary<Pair> = fc.oneof(
  plain.map((value): Pair => [{ type: 'plain', value }, { x: value }]),
  fc.integer().map((value): Pair => [{ type: 'choice', value }, { x: value }]),
  fc
    .integer({ min: -1e12, max: 1e12 })
    .map((cents): Pair => [{ type: 'money', value: cents / 100 }, { x: cents / 100 }]),
  fc
    .array(fc.integer(), { minLength: 1 })
    .map((value): Pair => [{ type: 'choices', value }, { x: value.join(',') }]),
  fc
    .tuple(day, fc.constantFrom(undefined, '+0000', '-0700', '+0530'))
    .map(([value, zone]): Pair => {
      const text = new Date(value).toISOString();
      return [{ type: 'moment', value, zone }, { x: text.replace('.000Z', 'Z') }];
    }),
  fc.tuple(id, fc.option(fc.string())).map(([value, name]): Pair => [
    { type: 'lookup', value, table: 'account', name },
    {
      ...(name !== null && { [`_x_value${FORMATTED}`]: name }),
      [`_x_value${LOOKED_UP}`]: 'account',
      _x_value: value,
    },
  ]),
);

describe('any value', () => {
  it('is read as the Web API gives it', () => {
    fc.assert(
      fc.property(pair, ([value, expected]) => {
        expect(read(order({ x: value })).columns).toEqual(expected);
        expect(read(order({ x: { type: 'aliased', value } })).columns).toEqual(expected);
        const nested = { table: 'activityparty', id: USER, columns: { x: value } };
        expect(read(order({ parties: { type: 'rows', value: [nested] } })).columns).toEqual({
          parties: [expected],
        });
      }),
    );
  });

  it('fails nowhere, whatever else a context holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, name) => {
        const parameters = [
          { key: name, value },
          { key: 'Target', value: { Attributes: [{ key: name, value }, value] } },
        ];
        const other = { InputParameters: parameters, SharedVariables: value, [`X${name}`]: value };
        expect(read(order(), other).id).toBe(ID);
      }),
    );
  });
});

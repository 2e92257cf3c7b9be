import type { IDataObject, INode, INodeParameters, INodeType } from 'n8n-workflow';

import { currentDryRun, isDryRun } from '../../core/dryRun';
import { ServiceError } from '../../core/errors';
import { runWorkflow, START_TYPE, type WorkflowRun } from '../../test/engine';
import { resultItem } from './items';
import { describeOperations, type Operation, resourcesSubtitle } from './operation';
import { run } from './run';
import { type AnySteps, eachOf, itemSteps } from './steps';

const PACK = 'n8n-nodes-dynamics-commerce';

class Writes implements INodeType {
  description: INodeType['description'];

  constructor(private readonly operation: Operation) {
    this.description = {
      displayName: 'Writes',
      name: 'writes',
      group: ['transform'],
      version: 1,
      description: 'Writes',
      defaults: { name: 'Writes' },
      inputs: ['main'],
      outputs: ['main'],
      properties: describeOperations([operation]),
    };
    const { operation: own } = this;
    this.execute = async function () {
      return await run(this, own);
    };
  }

  execute: INodeType['execute'];
}

/** Lets all pass, as a step between the claim and what writes, and drops whatever is not named. */
class Passes implements INodeType {
  constructor(private readonly keeps: string[]) {
    const { keeps: names } = this;
    this.execute = async function () {
      return [
        this.getInputData().map(({ json }, item) => ({
          json: Object.fromEntries(names.map((name) => [name, json[name]])) as IDataObject,
          pairedItem: { item },
        })),
      ];
    };
  }

  description: INodeType['description'] = {
    displayName: 'Passes',
    name: 'passes',
    group: ['transform'],
    version: 1,
    description: 'Passes',
    defaults: { name: 'Passes' },
    inputs: ['main'],
    outputs: ['main'],
    // Of a Sync Ledger, as far as they matter here.
    properties: [
      { displayName: 'Operation', name: 'operation', type: 'string', default: 'claim' },
      { displayName: 'Dry Run', name: 'dryRun', type: 'boolean', default: false },
    ],
  };

  execute: INodeType['execute'];
}

const write = (id: unknown) => ({
  action: 'create' as const,
  system: 'Works',
  table: 'thing',
  id: String(id),
});

/** Writes the ID of each item into the list, or notes that it would. */
function writing(written: unknown[], more: Partial<AnySteps> = {}): AnySteps {
  return itemSteps<unknown, unknown>({
    prepare: ({ json: { id } }) => {
      if (id === 'bad') throw new ServiceError('bad is refused', { class: 'validation' });
      return id === 'none' ? undefined : id;
    },
    run: eachOf(4, (id) => {
      const dryRun = currentDryRun();
      if (dryRun) dryRun.note(write(id));
      else written.push(id);
      return id;
    }),
    output: ({ json }, id, index) => resultItem({ ...json, written: id }, index),
    ...more,
  });
}

interface Set {
  start: Operation['start'];
  input: object[];
  parameters?: INodeParameters;
  onError?: INode['onError'];
  /** Parameters of the claim before the node; left out: there is none. */
  claim?: INodeParameters;
  more?: Partial<Operation>;
}

async function work({
  start,
  input,
  parameters = {},
  onError,
  claim,
  more,
}: Set): Promise<WorkflowRun> {
  const words = { name: 'Work', value: 'work', action: 'Work', description: 'Work' };
  const operation: Operation = { ...words, properties: [], start, ...more };
  const nodes = [
    { name: 'Start', type: START_TYPE },
    { name: 'Claim', type: `${PACK}.${claim ? 'syncLedger' : 'passes'}`, parameters: claim ?? {} },
    { name: 'Drop', type: `${PACK}.passes` },
    {
      name: 'Node',
      type: `${PACK}.writes`,
      parameters: { operation: 'work', ...parameters },
      onError,
    },
  ];
  const to = (node: string) => ({ main: [[{ node, type: 'main' as const, index: 0 }]] });
  const passes = new Passes(['id', 'claim', 'dryRun', 'details']);
  return await runWorkflow({
    workflow: {
      nodes,
      connections: { Start: to('Claim'), Claim: to('Drop'), Drop: to('Node') },
    },
    nodeTypes: {
      [`${PACK}.writes`]: new Writes(operation),
      [`${PACK}.passes`]: passes,
      [`${PACK}.syncLedger`]: passes,
    },
    input,
  });
}

const DRY = { claim: { key: 'k', dryRun: true } };

describe('Dry Run', () => {
  it('is a switch of every operation that writes, and of no other', () => {
    const words = { action: '', description: '', properties: [], start: () => writing([]) };
    const fields = describeOperations([
      { ...words, name: 'Write', value: 'write' },
      { ...words, name: 'Read', value: 'read', onlyReads: true },
      { ...words, name: 'Note', value: 'note', holdsClaims: false },
    ]);
    const [field] = fields.filter(({ name }) => name === 'dryRun');
    expect(field).toMatchObject({ displayName: 'Dry Run', default: false, noDataExpression: true });
    expect(field?.displayOptions).toEqual({ show: { operation: ['write'] } });
  });

  it('stands below the name of the node', () => {
    const words = { action: '', description: '', properties: [], start: () => writing([]) };
    const operations = [{ ...words, name: 'Write', value: 'write' }];
    const subtitle = resourcesSubtitle([{ name: 'Thing', value: 'thing', operations }]);
    const [, expression = ''] = /^=\{\{ (.*) \}\}$/s.exec(subtitle) ?? [];
    const shown = (dryRun?: boolean): unknown =>
      new Function('$parameter', `return ${expression}`)({
        ...{ resource: 'thing', operation: 'write', dryRun },
      }) as unknown;
    expect([shown(true), shown(false), shown()]).toEqual([
      'Write: Thing (Dry Run)',
      'Write: Thing',
      'Write: Thing',
    ]);
  });

  it('is off where nobody has turned it on', async () => {
    const written: unknown[] = [];
    const ran = await work({ start: () => writing(written), input: [{ id: 1 }] });
    expect(written).toEqual([1]);
    expect(ran.json('Node')).toEqual([{ id: 1, written: 1 }]);
  });

  it('says beside each item what it would write, after what came with it', async () => {
    const written: unknown[] = [];
    const before = { action: 'delete', system: 'Other', table: 'row', id: '7' };
    const ran = await work({
      start: () => writing(written),
      input: [{ id: 1 }, { id: 2, dryRun: { writes: [before] } }, { id: 'none' }],
      parameters: { dryRun: true },
    });
    expect(written).toEqual([]);
    expect(ran.json('Node')).toMatchObject([
      { id: 1, written: 1, dryRun: { writes: [write(1)] } },
      { id: 2, written: 2, dryRun: { writes: [before, write(2)] } },
      { id: 'none', dryRun: { writes: [] } },
    ]);
  });

  it.each([
    [
      'by a claim that leads here, though its mark was dropped',
      { operation: 'claim', dryRun: true },
    ],
    ['by a claim whose operation n8n has not saved', { dryRun: true }],
  ])('is on %s', async (_how, claim) => {
    const written: unknown[] = [];
    const ran = await work({ start: () => writing(written), input: [{ id: 1 }], claim });
    expect(written).toEqual([]);
    expect(ran.json('Node')).toMatchObject([{ dryRun: { writes: [write(1)] } }]);
  });

  it.each([
    ['a claim with it off', { operation: 'claim', dryRun: false }],
    ['another operation of the ledger', { operation: 'complete', dryRun: true }],
  ])('is not on by %s', async (_how, claim) => {
    const written: unknown[] = [];
    await work({ start: () => writing(written), input: [{ id: 1 }], claim });
    expect(written).toEqual([1]);
  });

  it('is told of each item of a run: the others are written, and all keep their order', async () => {
    const written: unknown[] = [];
    const places: unknown[] = [];
    const ran = await work({
      start: (_context, own) => {
        places.push([own, isDryRun()]);
        return writing(written);
      },
      input: [{ id: 1, ...DRY }, { id: 2 }, { id: 3, ...DRY }, { id: 4, claim: { dryRun: false } }],
    });
    expect(places).toEqual([
      [[1, 3], false],
      [[0, 2], true],
    ]);
    expect(written).toEqual([2, 4]);
    const items = ran.items('Node');
    expect(items.map(({ json }) => [json['id'], json['dryRun']])).toEqual([
      [1, { writes: [write(1)] }],
      [2, undefined],
      [3, { writes: [write(3)] }],
      [4, undefined],
    ]);
    expect(items.map(({ pairedItem }) => pairedItem)).toEqual(
      [0, 1, 2, 3].map((item) => ({ item })),
    );
  });

  it.each([
    ['that a node before has rehearsed', { dryRun: { writes: [write(7)] } }],
    ['of which that node found nothing to change', { dryRun: { writes: [] } }],
    ['that failed there', { error: 'No', details: { dryRun: { writes: [write(7)] } } }],
  ])('is on for an item %s, whose rows may not be there, and for no other', async (_, mark) => {
    const written: unknown[] = [];
    const ran = await work({
      start: () => writing(written),
      input: [{ id: 1, ...mark }, { id: 2 }],
    });
    expect(written).toEqual([2]);
    const [rehearsed, real] = ran.json('Node');
    expect((rehearsed?.dryRun as { writes: unknown[] }).writes.at(-1)).toEqual(write(1));
    expect(real).toEqual({ id: 2, written: 2 });
  });

  it('puts out a failure of an item as a real run does, and beside it what was planned until then', async () => {
    const ran = await work({
      start: () =>
        writing([], {
          prepare: ({ json: { id } }) => id,
          run: eachOf(1, (id) => {
            currentDryRun()?.note(write(id));
            if (id === 'bad') throw new ServiceError('bad is refused', { class: 'validation' });
            return id;
          }),
        }),
      input: [{ id: 'bad' }, { id: 2 }],
      parameters: { dryRun: true },
      onError: 'continueRegularOutput',
    });
    expect(ran.json('Node')).toEqual([
      {
        error: 'bad is refused',
        details: { class: 'validation', retryable: false, dryRun: { writes: [write('bad')] } },
      },
      expect.objectContaining({ dryRun: { writes: [write(2)] } }),
    ]);
  });

  it('hands what several have asked for to the next that succeeds', async () => {
    const ran = await work({
      start: () =>
        writing([], {
          prepare: ({ json: { id } }) => id,
          run: async (all) => {
            currentDryRun()?.note(write('all'));
            currentDryRun()?.note(write('both'), [0, 1, 2]);
            return all.map((value) =>
              value === 'bad'
                ? { ok: false, error: new ServiceError('No', { class: 'validation' }) }
                : { ok: true, value },
            );
          },
        }),
      input: [{ id: 'bad' }, { id: 2 }, { id: 3 }],
      parameters: { dryRun: true },
      onError: 'continueRegularOutput',
    });
    const unchanged = { ...write('both'), action: 'unchanged' };
    expect(ran.json('Node')).toMatchObject([
      { details: { dryRun: { writes: [unchanged] } } },
      { dryRun: { writes: [write('all'), write('both')] } },
      { dryRun: { writes: [unchanged] } },
    ]);
  });

  it.each<[string, object]>([
    ['a dry claim', { dryRun: true, flow: 'f', key: 'k' }],
    ['a claim that is meant', { token: 't', hash: 'h', key: 'k' }],
    ['a test run', { look: 'l', hash: 'h', key: 'k' }],
  ])('has all parts of one record fail together, as a real run does: of %s', async (_, claim) => {
    const ran = await work({
      start: () => writing([]),
      input: [
        { id: 'bad', claim },
        { id: 2, claim },
        { id: 3, claim: { ...claim, ...{ key: 'o', token: 'o', look: 'o' } } },
      ],
      parameters: { dryRun: true },
      onError: 'continueRegularOutput',
    });
    expect(ran.json('Node')).toMatchObject([
      { error: 'bad is refused' },
      { error: 'bad is refused' },
      { written: 3 },
    ]);
  });

  it('writes for the real items what it can before a dry one stops the workflow', async () => {
    const written: unknown[] = [];
    const ran = await work({
      start: () => writing(written),
      input: [{ id: 'bad', ...DRY }, { id: 2 }],
    });
    expect(ran.error).toMatchObject({ message: 'bad is refused', context: { itemIndex: 0 } });
    expect(written).toEqual([2]);
  });

  it.each(['dry', 'real'])(
    'keeps what goes wrong as a whole with %s items to them',
    async (kind) => {
      const written: unknown[] = [];
      const ran = await work({
        start: () => {
          if (isDryRun() === (kind === 'dry')) throw new Error('Not opened');
          return writing(written);
        },
        input: [{ id: 1, ...DRY }, { id: 2 }],
        onError: 'continueRegularOutput',
      });
      const [dry, real] = ran.json('Node');
      const [failed, well] = kind === 'dry' ? [dry, real] : [real, dry];
      expect(failed).toMatchObject({ error: 'Not opened' });
      expect(well).not.toHaveProperty('error');
      expect(written).toEqual(kind === 'dry' ? [2] : []);
    },
  );

  it('has the first of several items that one became tell what is written', async () => {
    const ran = await work({
      start: () =>
        writing([], {
          output: (_item, id, index) => [resultItem({ id }, index), resultItem({ id }, index)],
        }),
      input: [{ id: 1 }],
      parameters: { dryRun: true },
    });
    expect(ran.json('Node').map(({ dryRun }) => dryRun)).toEqual([
      { writes: [write(1)] },
      { writes: [] },
    ]);
  });

  it('has the first item tell what is written for the run as a whole', async () => {
    const ran = await work({
      start: () =>
        writing([], {
          run: async (all) => {
            currentDryRun()?.note(write('all'));
            currentDryRun()?.note(write('both'), [0, 1]);
            return all.map((value) => ({ ok: true, value }));
          },
        }),
      input: [{ id: 1 }, { id: 2 }],
      parameters: { dryRun: true },
    });
    expect(ran.json('Node').map(({ dryRun }) => dryRun)).toEqual([
      { writes: [write('all'), write('both')] },
      { writes: [{ ...write('both'), action: 'unchanged' }] },
    ]);
  });
});

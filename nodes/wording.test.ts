/** What stands in the drop-downs, in n8n's list of actions and below a node's name, read as a user reads it. */
import type { INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

import { Clarity } from './Clarity/Clarity.node';
import { CommerceMap } from './CommerceMap/CommerceMap.node';
import { Dynamics365 } from './Dynamics365/Dynamics365.node';
import { SyncLedger } from './SyncLedger/SyncLedger.node';
import { ThreeDCart } from './ThreeDCart/ThreeDCart.node';
import { XCart } from './XCart/XCart.node';

interface Row {
  node: string;
  /** Empty where the node has no resources. */
  resource: string;
  operation: string;
  action: string;
  description: string;
}

function optionsOf({ properties }: INodeTypeDescription, name: string) {
  return properties
    .filter((property) => property.name === name)
    .map(({ options, displayOptions }) => ({
      options: (options ?? []) as INodePropertyOptions[],
      resource: displayOptions?.show?.resource?.[0],
    }));
}

function rowsOf(description: INodeTypeDescription): Row[] {
  const resources = optionsOf(description, 'resource').flatMap(({ options }) => options);
  return optionsOf(description, 'operation').flatMap(({ options, resource }) =>
    options.map((option) => ({
      node: description.displayName,
      resource: resources.find(({ value }) => value === resource)?.name ?? '',
      operation: option.name,
      action: option.action ?? '',
      description: option.description ?? '',
    })),
  );
}

/** With which operation each resource of a store's node starts; X-Cart's as saved workflows leave them out. */
const startsOf = (description: INodeTypeDescription): Record<string, unknown> =>
  Object.fromEntries(
    description.properties
      .filter(({ name }) => name === 'operation')
      .map(({ displayOptions, default: start }) => [
        String(displayOptions?.show?.resource?.[0]),
        start,
      ]),
  );

const rows = [Clarity, CommerceMap, Dynamics365, SyncLedger, ThreeDCart, XCart].flatMap(
  (NodeType) => rowsOf(new NodeType().description),
);

/** Lower case and singular: "Orders" and "order" are one word to a reader. */
function words(text: string): string[] {
  return (text.toLowerCase().match(/[a-z]+/g) ?? []).map((word) => word.replace(/s$/, ''));
}

function repeatsWord(text: string): boolean {
  return words(text).some((word, index, all) => word === all[index - 1]);
}

const wrong = (isWrong: (row: Row) => boolean) => rows.filter(isWrong);

describe('the words of the operations', () => {
  it('are there for every operation', () => {
    expect(rows.length).toBeGreaterThan(50);
    expect(wrong(({ action, description }) => action === '' || description === '')).toEqual([]);
  });

  it('repeat no word in a row', () => {
    expect(
      wrong(({ resource, operation, action, description }) =>
        [`${operation}: ${resource}`, `${resource}: ${operation}`, action, description].some(
          repeatsWord,
        ),
      ),
    ).toEqual([]);
  });

  it('do not repeat the resource in the operation', () => {
    expect(
      wrong(({ resource, operation }) =>
        words(operation).some((word) => words(resource).includes(word)),
      ),
    ).toEqual([]);
  });

  it('fit below the name of a node on the canvas', () => {
    const subtitles = [Clarity, Dynamics365, ThreeDCart, XCart].flatMap((NodeType) => {
      const [names] = new NodeType().description.subtitle?.match(/\{".*?"\}/) ?? [];
      return Object.values(JSON.parse(names ?? '{}') as Record<string, string>);
    });
    expect(subtitles).toContain('Create or Update: Row');
    expect(subtitles.filter(({ length }) => length > 29)).toEqual([]);
  });

  it('have no second action of the same name in a node', () => {
    const actions = rows.map(({ node, action }) => `${node}: ${action}`);
    expect(actions.filter((action, index) => actions.indexOf(action) !== index)).toEqual([]);
  });

  it('have the right article', () => {
    const isOdd = (text: string) => /\ba [aeio]|\ban [^aeiouhx]/i.test(text);
    expect(wrong(({ action, description }) => isOdd(action) || isOdd(description))).toEqual([]);
  });
});

describe('the operation that a new node starts with', () => {
  it('writes nothing in 3dcart and Clarity, but in stock, which can only be written', () => {
    for (const description of [new Clarity().description, new ThreeDCart().description]) {
      const { stock, ...starts } = startsOf(description);
      expect(stock).toBe('update');
      expect(starts.order).toBe('get');
      expect(Object.keys(starts).length).toBeGreaterThan(5);
      expect(Object.values(starts).filter((start) => !String(start).startsWith('get'))).toEqual([]);
    }
  });

  it('is in X-Cart what saved workflows were saved with', () => {
    expect(startsOf(new XCart().description)).toMatchObject({
      order: 'get',
      product: 'create',
      customer: 'create',
      stock: 'update',
    });
  });
});

/** What stands in the drop-downs, in n8n's list of actions and below a node's name, read as a user reads it. */
import { uniq } from 'lodash';
import type { INodePropertyOptions, INodeTypeDescription } from 'n8n-workflow';

import { Clarity } from './Clarity/Clarity.node';
import { ClarityTrigger } from './ClarityTrigger/ClarityTrigger.node';
import { CommerceMap } from './CommerceMap/CommerceMap.node';
import { Dynamics365 } from './Dynamics365/Dynamics365.node';
import { Dynamics365Trigger } from './Dynamics365Trigger/Dynamics365Trigger.node';
import { SyncLedger } from './SyncLedger/SyncLedger.node';
import { ThreeDCart } from './ThreeDCart/ThreeDCart.node';
import { ThreeDCartTrigger } from './ThreeDCartTrigger/ThreeDCartTrigger.node';
import { XCart } from './XCart/XCart.node';
import { XCartTrigger } from './XCartTrigger/XCartTrigger.node';

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

/** Everything in a parameter, however deep, that is chosen from a list of systems that win. */
function winnersOf({ properties }: INodeTypeDescription): string[] {
  const names = [...JSON.stringify(properties).matchAll(/"name":"([^"]* Wins)"/g)].map(
    ([, name = '']) => name,
  );
  return uniq(names)
    .filter((name) => name !== 'Newest Wins')
    .sort();
}

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
  it('writes nothing in 3dcart and Clarity, but in the stock of 3dcart, which can only be written', () => {
    const [clarity, threeDCart] = [new Clarity().description, new ThreeDCart().description];
    expect(startsOf(clarity)).toMatchObject({ stock: 'get' });
    expect(startsOf(threeDCart)).toMatchObject({ stock: 'update' });
    for (const description of [clarity, threeDCart]) {
      const { stock: _stock, ...starts } = startsOf(description);
      expect(starts.order).toBe('get');
      expect(Object.keys(starts).length).toBeGreaterThan(5);
      expect(Object.values(starts).filter((start) => !String(start).startsWith('get'))).toEqual([]);
    }
  });

  it('is in Dynamics 365 what saved workflows were saved with', () => {
    expect(startsOf(new Dynamics365().description)).toMatchObject({
      account: 'create',
      contact: 'create',
      product: 'create',
      row: 'create',
      salesOrder: 'cancel',
    });
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

describe('the nodes of all stores', () => {
  const stores = [Clarity, ThreeDCart, XCart].map((NodeType) => new NodeType().description);

  /** What stands in a collection of the panel of an operation. */
  const entriesOf = (
    { properties }: INodeTypeDescription,
    collection: string,
    [resource, operation]: [string, string],
  ): string[] =>
    properties
      .filter(({ name, displayOptions: { show = {} } = {} }) => {
        const operations = show['operation'] ?? show['/operation'];
        return (
          name === collection &&
          show.resource?.includes(resource) &&
          operations?.includes(operation)
        );
      })
      .flatMap(({ options = [] }) =>
        options.map((option) => ('displayName' in option ? option.displayName : '')),
      );

  it('call addresses, and returns, the same', () => {
    const names = stores.map((description) =>
      optionsOf(description, 'resource').flatMap(({ options }) => options.map(({ name }) => name)),
    );
    for (const all of names) expect(all).toContain('Address');
    expect(names.flat().filter((name) => /RMA|Return/.test(name))).toEqual([
      'Return',
      'Return (RMA)',
    ]);
  });

  it('call the filter for what changed the same', () => {
    for (const description of stores) {
      expect(entriesOf(description, 'filters', ['order', 'getAll'])).toContain('Changed Since');
    }
  });

  it('call the fields of known IDs the same', () => {
    const [, ofThreeDCart, ofXCart] = stores.map((description) =>
      entriesOf(description, 'options', ['stock', 'update']).filter((name) => / ID /.test(name)),
    );
    expect(ofThreeDCart).toEqual(['Product ID Field', 'Variant ID Field']);
    expect(ofXCart).toEqual(ofThreeDCart);
  });

  it('say of triggers what they start for, and of webhooks only that there may be some', () => {
    for (const NodeType of [ClarityTrigger, Dynamics365Trigger, ThreeDCartTrigger, XCartTrigger]) {
      const { description, activationMessage } = new NodeType().description;
      expect(description).toMatch(/is created(?: or changed|, changed or deleted) in /);
      expect(activationMessage).toMatch(
        /^What is new(?: or changed|, changed or deleted) will be received/,
      );
    }
  });

  it('say by its name which system wins what both sides have changed', () => {
    const [clarity, threeDCart, xcart] = stores.map(winnersOf);
    expect(clarity).toEqual(['Clarity Wins', 'Dynamics 365 Wins']);
    expect(threeDCart).toEqual(['3dcart Wins', 'Dynamics 365 Wins']);
    expect(xcart).toEqual(['Dynamics 365 Wins', 'X-Cart Wins']);
    expect(winnersOf(new Dynamics365().description)).toEqual(['Dynamics 365 Wins', 'Shop Wins']);
  });
});

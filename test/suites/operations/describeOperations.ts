/**
 * Runs every operation that a store's node has in a workflow against the sandbox. Which there are says the node itself: one
 * that has no row fails, and so does a row without an operation.
 */
import { isEqual, omit, pick } from 'lodash';
import type { IDataObject, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { expectPreview } from '../../conformance/previews';
import { abilitiesOf } from '../../editor/abilities';
import { additionalIn, askNode, panelOf, type StoreNode } from './ask';
import { type Asked, type ManyRow, type OperationRow, titleOf } from './row';
import { deviations, type Expected, type Tables, writesIn } from './planned';
import type { OperationsShop, ShopRig } from './shop';

/** What is said where a store, or a way of reaching it, cannot do a thing. */
export interface Refusal {
  /** What the error says. */
  says: RegExp;
  /** What is to be done about it. */
  fix: RegExp;
}

export interface OperationsUnderTest {
  name: string;
  start(): Promise<ShopRig>;
  node(rig: ShopRig): StoreNode;
  rows: readonly OperationRow[];
  many: readonly ManyRow[];
  /** False where the preview is of another way of speaking; left out: each output has what the preview shows. */
  hasPreviews?: false;
  /** What cannot be done by the node as it is set here: each item says so, and nothing is written. Left out: all can. */
  refuses?(row: OperationRow): Refusal | undefined;
  /** What the service has, as it tells it by tables of plans; left out: it is not rehearsed here. */
  rehearsed?: Rehearsable;
  /** Makes what is there before an operation is asked; left out: the node itself. */
  maker?(rig: ShopRig): StoreNode;
}

/** What takes all items together wherever a store has it. */
const TAKE_MANY =
  /^(stock: update|product: updatePrices|order: (update\w*Status|addShipment|record(Payment|Refund)|writeBackNumber))$/;

export interface Rehearsable extends Pick<Expected, 'byItself' | 'nowhere'> {
  tables(rig: ShopRig): Tables;
  /** True: what cannot be done fails in a dry run as it does for real. Left out: the service alone refuses it. */
  refusesAlike?: true;
  /** Routes that write nothing although they are no `GET`, such as those of a sign-in. */
  signIn?: RegExp;
}

interface Bad {
  asked: Asked;
  says: RegExp;
}

/** Something that cannot be done, by the fields that an operation has. */
function badOf(panel: INodeProperties[], first: Asked): Bad {
  const { parameters } = first;
  const named = (name: string) => panel.find((field) => field.name === name);
  if (first.fields && additionalIn(panel).some(({ name }) => name === 'otherFields')) {
    const fields = { ...first.fields, otherFields: '{' };
    return { asked: { ...first, fields }, says: /^Other Fields \(JSON\) is not a JSON object/ };
  }
  const locator = panel.find(({ name, type }) => type === 'resourceLocator' && parameters?.[name]);
  if (locator) {
    const { name, displayName } = locator;
    const nowhere = { ...(parameters?.[name] as IDataObject), value: '' };
    return {
      asked: { ...first, parameters: { ...parameters, [name]: nowhere } },
      says: new RegExp(`^${displayName} is empty`),
    };
  }
  if (named('limit')) {
    return { asked: { ...first, parameters: { ...parameters, limit: 0 } }, says: /^Limit takes/ };
  }
  throw new Error('Say in the row what cannot be done, and what its error names');
}

/** The items that come of each input, told by n8n's own links. */
function pairedWith(items: INodeExecutionData[], index: number): INodeExecutionData[] {
  return items.filter(({ pairedItem }) => isEqual(pairedItem, { item: index }));
}

const jsonOf = (items: INodeExecutionData[]): IDataObject[] => items.map(({ json }) => json);

interface Ended {
  shop: OperationsShop;
  /** What was asked for, and what came of it. */
  good: ReadonlyArray<readonly [Asked, IDataObject[]]>;
}

function badIn(row: OperationRow, node: StoreNode, first: Asked): Bad {
  const usual = row.bad ? undefined : badOf(panelOf(node, row), first);
  return {
    asked: { ...first, ...usual?.asked, ...row.bad },
    says: row.says ?? usual?.says ?? /^$/,
  };
}

function expectFailed(row: OperationRow, { says }: Bad, failed: INodeExecutionData[]): void {
  const details = row.fails ? expect.objectContaining({ class: row.fails }) : expect.anything();
  expect(jsonOf(failed)).toEqual([
    { error: expect.stringMatching(says) as string, details: details as object },
  ]);
}

async function runRow(row: OperationRow, node: StoreNode, shop: OperationsShop): Promise<Ended> {
  const [first, second] = await row.ask(shop);
  const before = shop.state();
  if (row.asksNothing) {
    const outputs = (await askNode(node, row, [first])).output();
    if (row.kept) expect(shop.state()).not.toEqual(before);
    else expect(shop.state()).toEqual(before);
    return { shop, good: [[first, outputs]] };
  }
  const bad = badIn(row, node, first);
  const run = await askNode(
    node,
    row,
    [first, bad.asked, second],
    'continueRegularOutput',
    row.binary,
  );
  const items = run.items('Node');
  const groups = [0, 1, 2].map((index) => pairedWith(items, index));
  // Each output belongs to one item, and they come in the order of the input.
  expect(groups.flat()).toEqual(items);
  const [one = [], failed = [], other = []] = groups;
  expectFailed(row, bad, failed);
  expect([...one, ...other].flatMap(({ json }) => json['error'] ?? [])).toEqual([]);
  if (row.kept) expect(shop.state()).not.toEqual(before);
  else expect(shop.state()).toEqual(before);
  return {
    shop,
    good: [
      [first, jsonOf(one)],
      [second, jsonOf(other)],
    ],
  };
}

function expectRow(row: OperationRow, { shop, good }: Ended): void {
  good.forEach(([asked, outputs], index) => {
    const count = row.counts?.[index];
    if (count === undefined) expect(outputs).not.toHaveLength(0);
    else expect(outputs).toHaveLength(count);
    const shown = row.shows?.(asked, index);
    for (const output of outputs) if (shown) expect(output).toMatchObject(shown);
    for (const output of outputs) {
      const told = row.tells?.(asked, output);
      if (told) expect(told.is).toEqual(told.expected);
      const kept = row.kept?.(shop, asked, output);
      if (!kept) continue;
      if (kept.expected === undefined) expect(kept.is).toBeUndefined();
      else expect(kept.is).toMatchObject(kept.expected as object);
    }
  });
}

function previewRow({ preview, ...row }: OperationRow, node: StoreNode, { good }: Ended): void {
  if (preview === 'none') return;
  const outputs = good.flatMap(([, each]) => each);
  expectPreview(
    node.nodeType,
    pick(row, 'resource', 'operation'),
    preview ? outputs.map((each) => pick(each, preview)) : outputs,
  );
}

async function refuseRow(
  row: OperationRow,
  { says, fix }: Refusal,
  node: StoreNode,
  shop: OperationsShop,
): Promise<void> {
  const asked = await row.ask(shop);
  const before = shop.state();
  const run = await askNode(node, row, asked, 'continueRegularOutput');
  const items = row.asksNothing ? asked.slice(0, 1) : asked;
  expect(run.output()).toEqual(
    items.map(() => ({
      error: expect.stringMatching(says) as string,
      details: expect.objectContaining({ fix: expect.stringMatching(fix) as string }) as object,
    })),
  );
  expect(shop.state()).toEqual(before);
}

async function runMany(row: ManyRow, node: StoreNode, shop: OperationsShop): Promise<void> {
  const asked = await row.ask(shop);
  const { counters } = shop.sandbox.context;
  // Signs in, so that the work alone is counted.
  await askNode(node, { resource: 'order', operation: 'getAll' }, [{ parameters: { limit: 1 } }]);
  counters.reset();
  const outputs = (await askNode(node, row, asked)).items('Node');
  const asks = Object.values(counters.snapshot()).map(({ byRoute }) => byRoute);
  const { requests } = row;
  const fewest = typeof requests === 'function' ? requests(shop) : requests;
  expect(Object.assign({}, ...asks)).toEqual(fewest);
  expect(outputs.map(({ pairedItem }) => pairedItem)).toEqual(asked.map((_, item) => ({ item })));
  for (const one of asked) {
    const { is, expected } = row.kept(shop, one);
    expect(is).toMatchObject(expected as object);
  }
}

interface Rehearsing {
  rehearsed: Rehearsable;
  node: StoreNode;
  rig: ShopRig;
  shop: OperationsShop;
}

/** Asks for an operation dry, which writes nothing, and then for real: what comes about is what was said. */
async function rehearse(
  row: Pick<OperationRow, 'binary' | 'operation' | 'resource' | 'unforeseen'>,
  items: Asked[],
  { rehearsed, node, rig, shop }: Rehearsing,
  bad?: { asked: Asked; expect(failed: INodeExecutionData[]): void },
): Promise<IDataObject[][]> {
  const { tables, signIn = /^$/, refusesAlike: _alike, ...rules } = rehearsed;
  const before = shop.state();
  const told = structuredClone(tables(rig));
  const { counters } = shop.sandbox.context;
  counters.reset();
  const dry = [...items, ...(bad ? [bad.asked] : [])].map((one) => ({
    ...one,
    parameters: { ...one.parameters, dryRun: true },
  }));
  const onError = bad && 'continueRegularOutput';
  const outputs = (await askNode(node, row, dry, onError, row.binary)).items('Node');
  bad?.expect(pairedWith(outputs, items.length));
  const routes = Object.values(counters.snapshot()).flatMap(({ byRoute }) => Object.keys(byRoute));
  expect(routes.filter((route) => !/^(GET|HEAD) /.test(route) && !signIn.test(route))).toEqual([]);
  expect(shop.state()).toEqual(before);
  const groups = items.map((_, index) => jsonOf(pairedWith(outputs, index)));
  // Each item says what it asks for.
  expect(groups.filter((group) => group.flatMap(writesIn).length === 0)).toEqual([]);
  await askNode(node, row, items, undefined, row.binary);
  const { follows, elsewhere } = row.unforeseen ?? {};
  const plan = groups
    .flat()
    .flatMap(writesIn)
    .filter(({ table }) => !elsewhere?.test(table));
  const found = deviations({ before: told, after: tables(rig), plan, ...rules, follows });
  expect(found).toEqual([]);
  return groups;
}

async function rehearseRow(row: OperationRow, rehearsing: Rehearsing): Promise<void> {
  const { node, shop, rehearsed } = rehearsing;
  const asked = await row.ask(shop);
  const items = row.asksNothing ? asked.slice(0, 1) : asked;
  const isTried = rehearsed.refusesAlike === true && !row.asksNothing;
  const bad = isTried ? badIn(row, node, asked[0]) : undefined;
  const groups = await rehearse(
    row,
    items,
    rehearsing,
    bad && { asked: bad.asked, expect: (failed) => expectFailed(row, bad, failed) },
  );
  groups.forEach((group, index) => {
    const shown = omit(row.shows?.(items[index] ?? {}, index), row.unforeseen?.shown ?? []);
    expect(group[0]).toMatchObject(shown);
  });
}

export function describeOperations(under: OperationsUnderTest): void {
  const { name, rows, many, hasPreviews = true, refuses = () => undefined } = under;
  describe(`the operations of ${name}`, () => {
    let rig: ShopRig;
    let node: StoreNode;
    let maker: StoreNode;

    beforeAll(async () => {
      rig = await under.start();
      node = under.node(rig);
      maker = under.maker?.(rig) ?? node;
    });
    afterAll(async () => await rig?.sandbox.stop());

    const fresh = async (): Promise<OperationsShop> =>
      await rig.fresh(async (resource, asked, operation = 'create', binary) =>
        (await askNode(maker, { resource, operation }, asked, undefined, binary)).output(),
      );

    test('are all in the table, once, and so are those that take many items', () => {
      const all = abilitiesOf(node.nodeType.description)
        .flat()
        .map(({ parameters: { resource = '', operation = '' } }) =>
          titleOf({ resource, operation }),
        );
      expect(rows.map(titleOf).sort()).toEqual(all.sort());
      const refused = new Set(rows.filter(refuses).map(titleOf));
      const taking = all.filter((title) => TAKE_MANY.test(title) && !refused.has(title));
      expect([...new Set(many.map(titleOf))].sort()).toEqual(taking);
    });

    test('are rehearsed, all that can be run dry', () => {
      const isDry = (row: OperationRow): boolean =>
        panelOf(node, row).some((field) => field.name === 'dryRun');
      const dry = rows.filter((row) => under.rehearsed && isDry(row) && !refuses(row));
      expect(dry.filter(({ kept }) => !kept).map(titleOf)).toEqual([]);
      expect(rows.filter(({ kept }) => kept).filter((row) => !isDry(row))).toEqual([]);
    });

    test.each(rows.map((row) => [titleOf(row), row] as const))('%s', async (_title, row) => {
      const refusal = refuses(row);
      if (refusal) return await refuseRow(row, refusal, node, await fresh());
      const ended = await runRow(row, node, await fresh());
      expectRow(row, ended);
      if (hasPreviews) previewRow(row, node, ended);
    });

    const { rehearsed } = under;
    const written = rows.filter((row) => rehearsed && row.kept && !refuses(row));
    const ofMany = many.map((row) => [titleOf(row), row.when ?? 'many items', row] as const);
    if (rehearsed && written.length > 0) {
      const ready = async () => ({ rehearsed, node, rig, shop: await fresh() });
      test.each(written.map((row) => [titleOf(row), row] as const))(
        '%s, dry and then for real',
        async (_title, row) => await rehearseRow(row, await ready()),
      );
      if (ofMany.length > 0) {
        test.each(ofMany)('%s, %s dry and then for real', async (_title, _when, row) => {
          const rehearsing = await ready();
          await rehearse(row, await row.ask(rehearsing.shop), rehearsing);
        });
      }
    }

    if (ofMany.length > 0) {
      test.each(ofMany)(
        '%s, %s in the fewest requests',
        async (_title, _when, row) => await runMany(row, node, await fresh()),
      );
    }
  });
}

/** Templates of a shop on the test engine, from behind their triggers on, against the sandbox: what these put out is given. */
import { pick, set } from 'lodash';
import type { ICredentialType, IDataObject, INodeType } from 'n8n-workflow';

import { ClarityApi } from '../../credentials/ClarityApi.credentials';
import { DynamicsDataverseApi } from '../../credentials/DynamicsDataverseApi.credentials';
import { ThreeDCartApi } from '../../credentials/ThreeDCartApi.credentials';
import { XCartApi } from '../../credentials/XCartApi.credentials';
import { Clarity } from '../../nodes/Clarity/Clarity.node';
import { CommerceMap } from '../../nodes/CommerceMap/CommerceMap.node';
import { Dynamics365 } from '../../nodes/Dynamics365/Dynamics365.node';
import { resultItem } from '../../nodes/shared/items';
import { SyncLedger } from '../../nodes/SyncLedger/SyncLedger.node';
import { ThreeDCart } from '../../nodes/ThreeDCart/ThreeDCart.node';
import { XCart } from '../../nodes/XCart/XCart.node';
import type { RunningSandbox } from '../../sandbox/start';
import type { ShopName } from '../../scripts/n8n/sandbox-control';
import { shopOf } from '../../scripts/n8n/shop';
import { ORDER_TO_CASH } from '../../workflows/all';
import { PACK, type Template } from '../../workflows/builder';
import { NODES } from '../../workflows/templates/orderToCash';
import { runNode, runWorkflow, type TestWorkflow, type WorkflowRun } from '../engine';

const CREDENTIAL_TYPES: ICredentialType[] = [
  new ClarityApi(),
  new DynamicsDataverseApi(),
  new ThreeDCartApi(),
  new XCartApi(),
];

const STORE_NODES: Readonly<Record<ShopName, INodeType>> = {
  xcart: new XCart(),
  threedcart: new ThreeDCart(),
  clarity: new Clarity(),
};

interface Settings {
  assignments: { assignments: Array<{ name: string; value: unknown }> };
}

/** n8n's Edit Fields, as far as a template needs it: the item with all that its Settings say. */
function editFields({ nodes }: Template): INodeType {
  const settings = nodes.flatMap(
    ({ parameters }) => (parameters as Partial<Settings>).assignments?.assignments ?? [],
  );
  const withSettings = (json: IDataObject): IDataObject =>
    settings.reduce((item, { name, value }) => set(item, name, value), { ...json });
  return {
    description: {
      ...{ displayName: 'Edit Fields', name: 'set', description: 'Sets fields', version: 3.4 },
      ...{ group: ['transform'], inputs: ['main'], outputs: ['main'], properties: [] },
      defaults: { name: 'Edit Fields' },
    },
    async execute() {
      return [this.getInputData().map(({ json }, index) => resultItem(withSettings(json), index))];
    },
  };
}

function templateOf(platform: ShopName): Template {
  const found = ORDER_TO_CASH.find(({ store }) => store.key === platform);
  if (!found) throw new Error(`There is no template for ${platform}`);
  return found.workflow;
}

function from(first: string, template: Template, known: ReadonlySet<string>): TestWorkflow {
  const nodes = (template.nodes as unknown as TestWorkflow['nodes'])
    .filter(({ type }) => known.has(type))
    .map(({ credentials: _, ...node }) => node);
  const isFirst = ({ name }: { name: string }): number => (name === first ? 0 : 1);
  nodes.sort((a, b) => isFirst(a) - isFirst(b));
  // n8n has no connection from a node that is not there.
  const connections = pick(
    template.connections,
    nodes.map(({ name }) => name),
  );
  return { nodes, connections: connections as unknown as TestWorkflow['connections'] };
}

export interface TemplateFlow {
  /** Runs an operation on orders of the node of the shop, and gives what it puts out. */
  orders(parameters: object): Promise<IDataObject[]>;
  /** Runs the template; `manual`: as a person does in the editor. */
  run(input: object[], mode?: 'manual'): Promise<WorkflowRun>;
}

/** A template, and the node behind its triggers. */
export interface Begun {
  template: Template;
  first: string;
}

/**
 * @param more what a credential of the sandbox holds otherwise, by its type
 * @param begun left out: order to cash, from Claim on
 */
export function templateFlow(
  sandbox: RunningSandbox,
  platform: ShopName,
  more: Readonly<Record<string, IDataObject>> = {},
  { template, first }: Begun = { template: templateOf(platform), first: NODES.claim },
): TemplateFlow {
  const { node } = shopOf(platform);
  const storeNode = STORE_NODES[platform];
  const nodeTypes = {
    'n8n-nodes-base.set': editFields(template),
    [`${PACK}.${node}`]: storeNode,
    [`${PACK}.syncLedger`]: new SyncLedger(),
    [`${PACK}.commerceMap`]: new CommerceMap(),
    [`${PACK}.dynamics365`]: new Dynamics365(),
  };
  const connected = {
    credentialTypes: CREDENTIAL_TYPES,
    credentials: Object.fromEntries(
      Object.entries(sandbox.credentials).map(([name, { data }]) => [
        name,
        { ...(data as IDataObject), ...more[name] },
      ]),
    ),
  };
  const workflow = from(first, template, new Set(Object.keys(nodeTypes)));
  return {
    async orders(parameters) {
      const run = await runNode({
        nodeType: storeNode,
        parameters: { resource: 'order', ...parameters },
        input: [{}],
        ...connected,
      });
      if (run.error) throw run.error;
      return run.output();
    },
    async run(input, mode) {
      const result = await runWorkflow({ nodeTypes, workflow, input, mode, ...connected });
      if (result.error) throw result.error;
      return result;
    },
  };
}

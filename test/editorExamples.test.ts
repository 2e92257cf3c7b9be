/** The editor check opens each operation filled in as a user would: told here, and not after half an hour, where that fails. */
import type { INodeTypeDescription } from 'n8n-workflow';

import { Clarity } from '../nodes/Clarity/Clarity.node';
import { CommerceMap } from '../nodes/CommerceMap/CommerceMap.node';
import { Dynamics365 } from '../nodes/Dynamics365/Dynamics365.node';
import { SyncLedger } from '../nodes/SyncLedger/SyncLedger.node';
import { ThreeDCart } from '../nodes/ThreeDCart/ThreeDCart.node';
import { XCart } from '../nodes/XCart/XCart.node';
import { allNodes } from './editor/all-nodes';

const NODES = [Clarity, CommerceMap, Dynamics365, SyncLedger, ThreeDCart, XCart].map(
  (Node): INodeTypeDescription => new Node().description,
);

const loaded = (description: INodeTypeDescription): INodeTypeDescription => ({
  ...description,
  name: `n8n-nodes-dynamics-commerce.${description.name}`,
});

it.each(NODES.map((description) => [description.displayName, description] as const))(
  'every operation of %s has an example for each field that it demands',
  (_name, description) => {
    expect(allNodes([loaded(description)]).length).toBeGreaterThan(0);
  },
);

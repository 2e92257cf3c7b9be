import type { IExecuteFunctions, INodeExecutionData, INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import { authenticationField, type SignIns } from '../credentials';
import { chosenOperation, describeResources, type Resource, resourcesSubtitle } from '../operation';
import { run } from '../run';

/** What a node of several resources is made of. */
export interface ResourceNode {
  /** What the types of all such nodes say alike. Beside it each says what it is called and how one signs in. */
  description: Pick<
    INodeTypeDescription,
    'group' | 'version' | 'inputs' | 'outputs' | 'properties'
  > & { subtitle: string };
  execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]>;
}

export interface ResourceNodeOptions {
  /** To sign in, of which a person chooses; left out: there is one. */
  ways?: SignIns;
  /**
   * Each resource starts with the first of its operations, also where that writes. For a node that was saved so: n8n leaves
   * out of a workflow what is the default. Left out: with one that only reads.
   */
  startsWithFirst?: true;
}

/** @param first value of the resource that is chosen where nobody has chosen: what most people want */
export function resourceNode(
  resources: Resource[],
  first: string,
  { ways, startsWithFirst }: ResourceNodeOptions = {},
): ResourceNode {
  return {
    description: {
      group: ['input'],
      version: 1,
      subtitle: resourcesSubtitle(resources),
      inputs: [NodeConnectionTypes.Main],
      outputs: [NodeConnectionTypes.Main],
      properties: [
        ...(ways ? [authenticationField(ways)] : []),
        ...describeResources(resources, { startsReading: !startsWithFirst }).map((property) =>
          property.name === 'resource' ? { ...property, default: first } : property,
        ),
      ],
    },
    async execute() {
      return await run(this, chosenOperation(this, resources));
    },
  };
}

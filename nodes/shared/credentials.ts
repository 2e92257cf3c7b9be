/** The credential types of a node: one, or several ways to sign in of which a person chooses. */
import type { INodeCredentialDescription, INodeProperties } from 'n8n-workflow';

import type { ServiceError } from '../../core/errors';
import type { RequestContext } from './transport';

/** A way to sign in. */
export interface SignIn {
  /** Its credential type. */
  type: string;
  /** As the list *Authentication* calls it. */
  name: string;
  /** As saved workflows hold it. */
  value: string;
  /** n8n gets the token and renews it: the type extends `oAuth2Api`. */
  isOAuth2?: true;
  /** Of such a type: what the service has answered to n8n, where that is to be seen in n8n's error. */
  refusalIn?(error: unknown): ServiceError | undefined;
}

/** All ways to sign in to a service; the first one is the usual. */
export type SignIns = readonly [SignIn, ...SignIn[]];

/** Name of the parameter with which one is chosen. */
const PARAMETER = 'authentication';

export function authenticationField(ways: SignIns): INodeProperties {
  const options = ways.map(({ name, value }) => ({ name, value }));
  const [{ value: usual }] = ways;
  return {
    displayName: 'Authentication',
    name: PARAMETER,
    type: 'options',
    noDataExpression: true,
    options,
    default: usual,
  };
}

type Asked = Pick<INodeCredentialDescription, 'required' | 'displayOptions'>;

/** When a node asks for a credential of this way: where it is chosen. */
const askedFor = ({ value }: SignIn): Asked => ({
  required: true,
  displayOptions: { show: { [PARAMETER]: [value] } },
});

/** As a node type lists its credentials: each is asked for where it is chosen. */
export function credentialDescriptions(ways: SignIns): INodeCredentialDescription[] {
  return ways.map((way) => ({ name: way.type, ...askedFor(way) }));
}

/** When a node asks for a credential of this type; for node types that write their list out. */
export function whereChosen(ways: SignIns, type: string): Asked {
  const way = ways.find((each) => each.type === type);
  if (!way) throw new Error(`No way to sign in has the credential type ${type}`);
  return askedFor(way);
}

/** The way that is chosen. Read as saved, for it takes no expression, and each context of n8n reads parameters its own way. */
export function chosenSignIn(context: RequestContext, ways: SignIns): SignIn {
  const chosen = context.getNode().parameters[PARAMETER];
  return ways.find(({ value }) => value === chosen) ?? ways[0];
}

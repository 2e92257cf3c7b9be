import type { Deployment, OperationName } from '../deployments/types';
import { RESOURCES, type Resource } from '../model';
import type { ClaritySwitches } from '../switches';

/** What a request asks for. */
export interface Matched {
  operation: OperationName;
  /** Absent for webhooks, which are no documents. */
  resource?: Resource;
  /** What stands for `{id}` or `{key}` in the path. */
  key: string;
  /** The path with its placeholders, for counting. */
  template: string;
}

/** An operation at one address. */
interface Route extends Omit<Matched, 'key'> {
  method: string;
  segments: string[];
}

const RESOURCE = '{resource}';

const isPlaceholder = (segment: string): boolean => segment.startsWith('{');

const routeOf = (operation: OperationName, text: string, resource?: Resource): Route => {
  const [method = '', template = ''] = text.split(' ');
  return { operation, resource, method, template, segments: template.split('/') };
};

/** Every address of a deployment; what is written out comes before a placeholder in the same place. */
function routesOf(deployment: Deployment, switches: ClaritySwitches): Route[] {
  const all = Object.entries(deployment.operations(switches)).flatMap(([name, text]) => {
    const operation = name as OperationName;
    if (!text.includes(RESOURCE)) return [routeOf(operation, text, deployment.owners[operation])];
    return RESOURCES.map((resource) =>
      routeOf(operation, text.replace(RESOURCE, deployment.resources[resource].path), resource),
    );
  });
  const placeholders = ({ segments }: Route): number => segments.filter(isPlaceholder).length;
  return all.sort((one, other) => placeholders(one) - placeholders(other));
}

/** The value of the placeholder; empty where there is none, undefined where the path is another. */
function keyIn(segments: readonly string[], path: readonly string[]): string | undefined {
  if (segments.length !== path.length) return undefined;
  let key = '';
  for (const [index, segment] of segments.entries()) {
    const given = path[index] ?? '';
    if (isPlaceholder(segment)) key = given;
    else if (segment !== given) return undefined;
  }
  return segments.some(isPlaceholder) && key === '' ? undefined : key;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/**
 * Finds what a method and a path below the deployment's base ask for; a list of methods when the path is known and
 * the method is not, which is empty where nothing is there.
 */
export function match(
  deployment: Deployment,
  switches: ClaritySwitches,
  method: string,
  path: string,
): Matched | string[] {
  const given = path.split('/').filter(Boolean).map(decoded);
  const fitting = routesOf(deployment, switches).flatMap((route) => {
    const key = keyIn(route.segments, given);
    return key === undefined ? [] : [{ ...route, key }];
  });
  const found = fitting.find((route) => route.method === method);
  return found ?? [...new Set(fitting.map((route) => route.method))];
}

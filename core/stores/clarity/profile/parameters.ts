import { z } from 'zod';

import { didYouMean } from '../../../mapping/suggest';
import type { Step } from './lines';

/** What of a profile puts parameters behind the address of a list. */
interface Asking {
  paging: { page: string; size: string };
  resources: Readonly<Record<string, Resource | null | undefined>>;
}

interface Resource {
  fields?: object | null;
  list?: {
    modifiedSince?: string | null;
    query?: Readonly<Record<string, string>>;
    where?: Readonly<Record<string, string>> | null;
  } | null;
}

interface Parameter {
  /** What the service calls it. */
  name: string;
  at: Step[];
}

/** One parameter cannot have two values: the later would take the place of the other, and the list would be another one. */
function doubledIn(parameters: readonly Parameter[]): Array<Parameter & { first: Parameter }> {
  const byName = new Map<string, Parameter>();
  return parameters.flatMap((parameter) => {
    const first = byName.get(parameter.name);
    if (first) return [{ ...parameter, first }];
    byName.set(parameter.name, parameter);
    return [];
  });
}

/** What each page of each list is asked with. Of several `where` only one is sent at a time, so that they may share one. */
function parametersOf(
  name: string,
  { list }: Resource,
): { always: Parameter[]; where: Parameter[] } {
  const at = ['resources', name, 'list'];
  const since = list?.modifiedSince;
  return {
    always: [
      ...Object.keys(list?.query ?? {}).map((key) => ({ name: key, at: [...at, 'query', key] })),
      ...(since ? [{ name: since, at: [...at, 'modifiedSince'] }] : []),
    ],
    where: Object.entries(list?.where ?? {}).map(([field, parameter]) => ({
      name: parameter,
      at: [...at, 'where', field],
    })),
  };
}

/** A list can be asked by what the pack knows of its records; by any other name nobody would ever ask. */
const ASKED_BY = ['externalId', 'orderId'];

/** Refuses a filter for a field that records do not have. */
export function checkFilters({ resources }: Asking, context: z.RefinementCtx): void {
  for (const [name, resource] of Object.entries(resources)) {
    const known = [...new Set([...ASKED_BY, ...Object.keys(resource?.fields ?? {})])];
    for (const field of Object.keys(resource?.list?.where ?? {})) {
      if (known.includes(field)) continue;
      context.addIssue({
        code: z.ZodIssueCode.custom,
        path: ['resources', name, 'list', 'where', field],
        message: `is no field of ${name}.${didYouMean(field, known) || ` Take one of ${known.join(', ')}, or name it under resources.${name}.fields.`}`,
      });
    }
  }
}

/** Refuses a profile that gives one parameter of a list two meanings. */
export function checkParameters({ paging, resources }: Asking, context: z.RefinementCtx): void {
  const pages: Parameter[] = [
    { name: paging.page, at: ['paging', 'page'] },
    { name: paging.size, at: ['paging', 'size'] },
  ];
  const ofLists = Object.entries(resources).flatMap(([name, resource]) => {
    const { always, where } = parametersOf(name, resource ?? {});
    const all = [...pages, ...always];
    return [...doubledIn(all), ...where.flatMap((each) => doubledIn([...all, each]))];
  });
  const told = new Set<string>();
  for (const { name, at, first } of [...doubledIn(pages), ...ofLists]) {
    const place = at.join('.');
    if (told.has(place)) continue;
    told.add(place);
    context.addIssue({
      code: z.ZodIssueCode.custom,
      path: at,
      message: `is the parameter "${name}", as ${first.at.join('.')} is: one request cannot have it with two values, so correct one of them`,
    });
  }
}

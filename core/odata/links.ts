import { validationError } from '../errors';
import type { Outcome } from '../outcome';
import { associateOperation, disassociateOperation, getOperation } from './operations';
import { sendAll } from './sendAll';
import type { BatchAnswer, Bound, ODataClient, Row } from './types';

/** A row, and a way from it to others. */
export interface Link {
  from: Required<Bound>;
  /** Navigation property. */
  navigation: string;
  /** The row at its other end; left out to take away whatever a lookup points to. */
  to?: Required<Bound>;
  /** Set where the way leads to one row: the property of `from` that holds its key. */
  lookup?: string;
}

export interface Linked {
  /** `unchanged`: the rows are, or are not, associated already. */
  outcome: 'associated' | 'disassociated' | 'unchanged';
}

export interface LinkOptions {
  /** Of each write: inside a batch every request stands for itself. */
  headers?: Record<string, string>;
}

const is = (outcome: Linked['outcome']): Outcome<Linked> => ({ ok: true, value: { outcome } });

function otherOf({ navigation, to }: Link): Required<Bound> {
  if (to) return to;
  throw validationError(`There is no row to associate by ${navigation}`, 'Name the other row.');
}

/**
 * Associates rows in a handful of requests (OData 4.0 Protocol, 11.4.6.1 and 11.4.6.3). Twice is harmless: a pair that
 * is there is refused as a duplicate, and counts as `unchanged`.
 *
 * @returns one outcome for each link, in their order
 */
export async function associateRows(
  client: ODataClient,
  links: Link[],
  { headers }: LinkOptions = {},
): Promise<Outcome<Linked>[]> {
  const { service, root } = client;
  const operations = links.map((link) => ({
    ...associateOperation(
      service,
      root,
      link.from,
      link.navigation,
      otherOf(link),
      link.lookup !== undefined,
    ),
    headers,
  }));
  return (await sendAll(client, operations)).map((answer) => {
    if (answer.ok) return is('associated');
    return answer.error.class === 'duplicate' ? is('unchanged') : answer;
  });
}

/** The rows that links start from, with what their lookups hold. */
async function look(client: ODataClient, links: Link[]): Promise<Outcome<BatchAnswer>[]> {
  const operations = links.map(({ from, lookup }) =>
    getOperation(client.service, from.set, from.key, lookup ? { select: [lookup] } : {}),
  );
  return await sendAll(client, operations);
}

function pointsElsewhere({ lookup = '', to }: Link, row: Row): boolean {
  return String(row[lookup]).toLowerCase() !== String(to?.key).toLowerCase();
}

/** A lookup that is to be freed of one certain row is looked at first: freeing it takes away whatever it points to. */
async function elsewhere(client: ODataClient, links: Link[]): Promise<Map<Link, Outcome<Linked>>> {
  const unsure = links.filter(({ lookup, to }) => lookup !== undefined && to);
  const answers = await look(client, unsure);
  return new Map(
    unsure.flatMap((link, index): Array<[Link, Outcome<Linked>]> => {
      const answer = answers[index];
      if (!answer?.ok) return answer ? [[link, answer]] : [];
      return pointsElsewhere(link, answer.value.body as Row) ? [[link, is('unchanged')]] : [];
    }),
  );
}

/**
 * Takes associations of rows away in a handful of requests (OData 4.0 Protocol, 11.4.6.2 and 11.4.6.3). Twice is
 * harmless: where the row is there and the association is not, nothing is to do.
 *
 * @returns one outcome for each link, in their order
 */
export async function disassociateRows(
  client: ODataClient,
  links: Link[],
  { headers }: LinkOptions = {},
): Promise<Outcome<Linked>[]> {
  const { service, root } = client;
  const outcomes = await elsewhere(client, links);
  const open = links.filter((link) => !outcomes.has(link));
  const operations = open.map(({ from, navigation, to, lookup }) => ({
    ...disassociateOperation(
      service,
      root,
      from,
      navigation,
      lookup === undefined ? to : undefined,
    ),
    headers,
  }));
  for (const [index, answer] of (await sendAll(client, operations)).entries()) {
    const link = open[index];
    if (link) outcomes.set(link, answer.ok ? is('disassociated') : answer);
  }
  // What is not found may be the pair, which is what was wanted, or the row itself.
  const missing = open.filter((link) => {
    const outcome = outcomes.get(link);
    return outcome?.ok === false && outcome.error.class === 'not-found';
  });
  for (const [index, row] of (await look(client, missing)).entries()) {
    const link = missing[index];
    if (link && row.ok) outcomes.set(link, is('unchanged'));
  }
  return links.map((link) => outcomes.get(link) ?? is('unchanged'));
}

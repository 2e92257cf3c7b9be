import { validationError } from '../errors';
import { type Outcome, settleNow } from '../outcome';
import { associateOperation, disassociateOperation, getOperation } from './operations';
import { sendEach } from './sendAll';
import type { ODataService } from './service';
import type { BatchAnswer, Bound, ODataClient, Row } from './types';

/** A row, and a way from it to others. */
export interface Link {
  from: Required<Bound>;
  /** Navigation property. */
  navigation: string;
  /**
   * The row at its other end, by a key of one text, which is what a lookup holds; left out to take away whatever a
   * lookup points to.
   */
  to?: { set: string; key: string };
  /** Set where the way leads to one row: the property of `from` that holds its key. */
  lookup?: string;
  /** Set where neither row has a column for the other (N:N), so that a service may refuse a pair that is there. */
  isPair?: boolean;
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

function otherOf({ navigation, to }: Link): NonNullable<Link['to']> {
  if (to) return to;
  throw validationError(`There is no row to associate by ${navigation}`, 'Name the other row.');
}

/** What an answer to a new link says. Only a pair can be there already: other refusals are about something else. */
function associated(
  { pairExists }: ODataService,
  { isPair = false }: Link,
  answer: Outcome<BatchAnswer>,
): Outcome<Linked> {
  if (answer.ok) return is('associated');
  const { code } = answer.error;
  return isPair && code !== undefined && code === pairExists ? is('unchanged') : answer;
}

/**
 * Associates rows in a handful of requests (OData 4.0 Protocol, 11.4.6.1 and 11.4.6.3). Twice is harmless: where the
 * service refuses a pair that is there (`pairExists`), that counts as `unchanged`.
 *
 * @returns one outcome for each link, in their order
 */
export async function associateRows(
  client: ODataClient,
  links: Link[],
  { headers }: LinkOptions = {},
): Promise<Outcome<Linked>[]> {
  const { service, root } = client;
  const answers = await sendEach(client, links, (link, place) => ({
    ...associateOperation(
      service,
      root,
      link.from,
      link.navigation,
      otherOf(link),
      link.lookup !== undefined,
    ),
    headers,
    places: [place],
    isPair: link.isPair,
  }));
  return links.flatMap((link, index) => {
    const answer = answers[index];
    return answer ? [associated(service, link, answer)] : [];
  });
}

/** The rows that links start from, with what their lookups hold. */
async function look(client: ODataClient, links: Link[]): Promise<Outcome<BatchAnswer>[]> {
  return await sendEach(client, links, ({ from, lookup }) =>
    getOperation(client.service, from.set, from.key, lookup ? { select: [lookup] } : {}),
  );
}

/** Whether a row points to the other one of a link. Throws a validation error where the key of that is none. */
function points({ keys }: ODataService, { lookup = '', to }: Link, row: Row): boolean {
  return (
    to !== undefined && String(row[lookup]).toLowerCase() === keys.ofText(to.key).toLowerCase()
  );
}

/** A lookup that is to be freed of one certain row is looked at first: freeing it takes away whatever it points to. */
async function elsewhere(client: ODataClient, links: Link[]): Promise<Map<Link, Outcome<Linked>>> {
  const unsure = links.filter(({ lookup, to }) => lookup !== undefined && to);
  const answers = await look(client, unsure);
  return new Map(
    unsure.flatMap((link, index): Array<[Link, Outcome<Linked>]> => {
      const answer = answers[index];
      if (!answer?.ok) return answer ? [[link, answer]] : [];
      const pointed = settleNow(() => points(client.service, link, answer.value.body as Row));
      if (!pointed.ok) return [[link, pointed]];
      return pointed.value ? [] : [[link, is('unchanged')]];
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
  const answers = await sendEach(client, open, (link) => ({
    ...disassociateOperation(
      service,
      root,
      link.from,
      link.navigation,
      link.lookup === undefined ? link.to : undefined,
    ),
    headers,
    places: [links.indexOf(link)],
  }));
  for (const [index, answer] of answers.entries()) {
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

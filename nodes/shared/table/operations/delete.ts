import { deleteOperation, getOperation } from '../../../../core/odata/operations';
import { sendAll } from '../../../../core/odata/sendAll';
import { notCarriedOut, sendTogetherOnce } from '../../../../core/odata/together';
import type { BatchAnswer, ODataClient, SingleOperation } from '../../../../core/odata/types';
import type { Outcome } from '../../../../core/outcome';
import { withResult } from '../../input';
import type { Operation } from '../../operation';
import { type ItemSteps, itemSteps } from '../../steps';
import { allOrNothing, itemName } from '../allOrNothing';
import { changeOptionFields } from '../fields/options';
import { tableFields } from '../fields/table';
import { tableReader } from '../reader';
import type { Subject, TableService } from '../service';
import { ifMatchOf, ifMatchOption } from '../version';

interface Deletion {
  operation: SingleOperation;
  /** Asks for its row. */
  question: SingleOperation;
  /** Place of its item, from 0. */
  index: number;
}

/** What a service answers to a delete. */
const GONE: BatchAnswer = { status: 204, headers: {}, body: undefined };

/** The answers of deletes that were carried out, because all rows are gone; undefined: one is there still. */
async function allGone(
  client: ODataClient,
  deletions: Deletion[],
): Promise<BatchAnswer[] | undefined> {
  const found = await sendAll(
    client,
    deletions.map(({ question }) => question),
  );
  for (const outcome of found) {
    if (outcome.ok) return undefined;
    if (outcome.error.class !== 'not-found') throw outcome.error;
  }
  return deletions.map(() => GONE);
}

async function deleteTogether(
  client: ODataClient,
  deletions: Deletion[],
): Promise<Outcome<BatchAnswer>[]> {
  const sent = await sendTogetherOnce(
    client,
    deletions.map(({ operation }) => operation),
    async () => await allGone(client, deletions),
  );
  if (sent.ok) return sent.answers.map((value) => ({ ok: true, value }));
  const { error, place } = sent;
  const failed = place === undefined ? undefined : deletions[place];
  const others = failed ? notCarriedOut(error, itemName(failed.index)) : error;
  return deletions.map((one) => ({ ok: false, error: one === failed ? error : others }));
}

export function remove(service: TableService, subject: Subject): Operation {
  return {
    name: 'Delete',
    value: 'delete',
    action: `Delete ${subject.noun}`,
    description: `Delete one ${subject.noun} for each item`,
    properties: [
      ...tableFields(service, subject),
      ...service.keys.fields(subject),
      changeOptionFields(service, [ifMatchOption, ...(service.options.together ?? [])]),
    ],
    async start(context, places) {
      const { client, metadata, options, headers } = await service.open(context);
      const reader = tableReader(context, { subject, metadata });
      const steps: ItemSteps<Deletion, BatchAnswer> = {
        prepare: async (item, index) => {
          const table = await reader.table(index);
          const key = service.keys.read(reader, subject, index);
          const ifMatch = ifMatchOf(options, item);
          const { entitySetName: set, primaryId } = table;
          return {
            operation: deleteOperation(client.service, set, key, { ifMatch, headers, primaryId }),
            question: getOperation(client.service, set, key, {
              select: primaryId === undefined ? undefined : [primaryId],
            }),
            index,
          };
        },
        run: (all) => {
          const deletions = all.map(({ operation, ...one }, place) => ({
            ...one,
            operation: { ...operation, places: [place] },
          }));
          return options.allOrNothing
            ? deleteTogether(client, deletions)
            : sendAll(
                client,
                deletions.map(({ operation }) => operation),
              );
        },
        output: (item, _answer, index) =>
          withResult(item, options.outputField ?? '', { deleted: true }, index),
      };
      return itemSteps(options.allOrNothing ? allOrNothing(steps, places) : steps);
    },
  };
}

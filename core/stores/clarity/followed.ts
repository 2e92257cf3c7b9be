/** What a profile has to have of a kind of record so that a trigger can follow it. */
import { groupBy, isEqual, uniqWith } from 'lodash';

import { ServiceError, validationError } from '../../errors';
import type { Pages } from '../../http/pages';
import type { RecordIdentity } from '../../feeds/records';
import { CREDENTIAL_NAME } from './api';
import type { Clarity } from './client';
import { resourceOf } from './profile/kinds';
import type { Profile, ResourceName } from './profile/schema';

type Words = Pick<RecordIdentity<unknown>, 'kind' | 'many'>;

const nameIt = `in API Profile of the credential ${CREDENTIAL_NAME} if the service has it.`;

/** Of records that stand in no list only webhooks tell. */
export function unlisted({ name, resources, webhooks }: Profile, type: Words): ServiceError {
  const resource = resourceOf(type.kind);
  const isTold = Boolean(resources[resource]?.get) && Boolean(webhooks);
  return validationError(
    `The API profile "${name}" has no resources.${resource}.list, so that ${type.many} cannot be polled`,
    `${isTold ? 'Choose Webhook Only' : 'Choose another kind of record in Trigger On'}, or name the list ${nameIt}`,
  );
}

/** Throws where no record can be fetched alone: what a webhook tells of one would have to be believed as it comes. */
export function requireGet({ profile }: Clarity, type: Words): void {
  const { name, resources } = profile;
  const resource = resourceOf(type.kind);
  if (resources[resource]?.get) return;
  const isListed = Boolean(resources[resource]?.list);
  throw validationError(
    `The API profile "${name}" has no resources.${resource}.get, so that nothing that a webhook tells of ${type.many} can be looked up`,
    `${isListed ? 'Choose Poll Only' : 'Choose another kind of record in Trigger On'}, or name it ${nameIt}`,
  );
}

/** Records whose id may be no more than what several of them are about: a SKU lies in many warehouses. */
const MAY_SHARE_IDS: ReadonlySet<ResourceName> = new Set(['inventory']);

/** An id of several records that differ, if there is one among these. */
function sharedId<T extends object>(
  page: readonly T[],
  idOf: (record: T) => string,
): string | undefined {
  const byId = Object.entries(groupBy(page, idOf));
  return byId.find(([, records]) => uniqWith(records, isEqual).length > 1)?.[0];
}

/** The same pages. Records without an id, or with the same one, would all be taken for one. */
export async function* identified<T extends object>(
  { name, resources }: Profile,
  { kind, many, idOf }: Words & Pick<RecordIdentity<T>, 'idOf'>,
  pages: Pages<T>,
): Pages<T> {
  const resource = resourceOf(kind);
  const at = resources[resource]?.id ?? 'id';
  const faulty = (message: string, where: string): ServiceError =>
    new ServiceError(message, {
      class: 'configuration',
      fix: `Name in API Profile (${name}) of the credential ${CREDENTIAL_NAME} ${where}.`,
    });
  for await (const page of pages) {
    if (page.some((record) => idOf(record) === '')) {
      throw faulty(
        `The ${many} of the store have no id: there is nothing at ${at}`,
        `where it stands, under resources.${resource}.id`,
      );
    }
    const shared = MAY_SHARE_IDS.has(resource) ? sharedId(page, idOf) : undefined;
    if (shared !== undefined) {
      throw faulty(
        `Several ${many} of the store have the id ${shared}, which stands at ${at}`,
        `what tells them apart: their own id under resources.${resource}.id, or their warehouse under resources.${resource}.fields.warehouse`,
      );
    }
    yield page;
  }
}

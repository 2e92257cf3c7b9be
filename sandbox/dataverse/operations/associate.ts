import { errors } from '../errors';
import { noContent, type WebResponse } from '../../odata/http/message';
import type { Related } from '../query/related';
import type { Reference } from '../store/row';
import { count, type Call } from './call';

/** Links between rows behind a collection. Source: Dataverse docs, webapi/associate-disassociate-entities. */

/** A row, the collection behind it, and the row that is to be in it or is in it. */
export interface Link {
  relation: Related;
  owner: Reference;
  otherId: string;
}

/** `POST …/collection/$ref`: the other row's lookup gets the owner, or the two become a pair. */
export function associate(call: Call, { relation, owner, otherId }: Link): WebResponse {
  const { manyToMany } = relation;
  if (!manyToMany) return setLookup(call, 'associate', { relation, otherId }, owner);
  const { engine, session, writer } = call;
  const between = engine.model.required(manyToMany.intersect);
  count(call, 'associate', between);
  if (engine.database.link(manyToMany, owner.id, otherId)) throw errors.duplicateId();
  const pair = { [manyToMany.own]: owner.id, [manyToMany.other]: otherId };
  writer.create(session, between, {}, pair);
  return noContent();
}

export function disassociate(call: Call, { relation, owner, otherId }: Link): WebResponse {
  const { manyToMany } = relation;
  if (!manyToMany) return setLookup(call, 'disassociate', { relation, otherId }, null);
  const { engine, session, writer } = call;
  const between = engine.model.required(manyToMany.intersect);
  count(call, 'disassociate', between);
  const pair = engine.database.link(manyToMany, owner.id, otherId);
  if (!pair) throw errors.notFound(manyToMany.target, otherId);
  writer.delete(session, between, String(pair[between.primaryId]));
  return noContent();
}

function setLookup(
  call: Call,
  operation: 'associate' | 'disassociate',
  { relation: { target, lookup }, otherId }: Pick<Link, 'relation' | 'otherId'>,
  value: Reference | null,
): WebResponse {
  count(call, operation, target);
  if (lookup) call.writer.change(call.session, target, otherId, { [lookup.name]: value });
  return noContent();
}

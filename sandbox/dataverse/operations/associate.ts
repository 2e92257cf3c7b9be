import { errors } from '../errors';
import { noContent, type WebResponse } from '../http/message';
import type { Related } from '../query/related';
import type { ManyToManyNavigation } from '../schema/model';
import type { Reference } from '../store/row';
import { count, type Call } from './call';

/** Links between rows behind a collection. Source: Dataverse docs, webapi/associate-disassociate-entities. */

/** `POST …/collection/$ref`: the other row's lookup gets the owner, or the two become a pair. */
export function associate(
  call: Call,
  { target, lookup, manyToMany }: Related,
  owner: Reference,
  otherId: string,
): WebResponse {
  if (manyToMany) return addPair(call, manyToMany, owner.id, otherId);
  count(call, 'associate', target);
  if (lookup) call.writer.change(call.session, target, otherId, { [lookup.name]: owner });
  return noContent();
}

export function disassociate(
  call: Call,
  { target, lookup, manyToMany }: Related,
  owner: Reference,
  otherId: string,
): WebResponse {
  if (manyToMany) return removePair(call, manyToMany, owner.id, otherId);
  count(call, 'disassociate', target);
  if (lookup) call.writer.change(call.session, target, otherId, { [lookup.name]: null });
  return noContent();
}

function addPair(
  call: Call,
  navigation: ManyToManyNavigation,
  ownId: string,
  otherId: string,
): WebResponse {
  const { engine, session, writer } = call;
  const between = engine.model.required(navigation.intersect);
  count(call, 'associate', between);
  if (engine.database.link(navigation, ownId, otherId)) throw errors.duplicateId();
  const pair = { [navigation.own]: ownId, [navigation.other]: otherId };
  writer.create(session, between, {}, pair);
  return noContent();
}

function removePair(
  call: Call,
  navigation: ManyToManyNavigation,
  ownId: string,
  otherId: string,
): WebResponse {
  const { engine, session, writer } = call;
  const between = engine.model.required(navigation.intersect);
  count(call, 'disassociate', between);
  const pair = engine.database.link(navigation, ownId, otherId);
  if (!pair) throw errors.notFound(navigation.target, otherId);
  writer.delete(session, between, String(pair[between.primaryId]));
  return noContent();
}

import { errors } from '../errors';
import { noContent, type WebResponse } from '../../odata/http/message';
import { bodyOf, type Call } from '../operations/call';
import { customize, customizingOf } from './customizing';
import { reactivateKey } from './keys';

/** Unbound actions on metadata. Source: Dataverse docs, publish-customizations and define-alternate-keys-entity. */

function publish(call: Call, isNamed: (table: string) => boolean): WebResponse {
  return customize(call, 'prvPublishCustomization', () => {
    const { unpublished } = customizingOf(call.engine);
    for (const [table, apply] of [...unpublished]) {
      if (!isNamed(table)) continue;
      unpublished.delete(table);
      apply();
    }
    return { response: noContent() };
  });
}

/** `<importexportxml><entities><entity>account</entity></entities></importexportxml>` */
function publishXml(call: Call): WebResponse {
  const { ParameterXml: xml } = bodyOf(call);
  if (typeof xml !== 'string' || !/^\s*<importexportxml>[\s\S]*<\/importexportxml>\s*$/.test(xml)) {
    throw errors.invalidArgument("'ParameterXml' must be an importexportxml.");
  }
  const named = new Set(
    [...xml.matchAll(/<entity>\s*(\w+)\s*<\/entity>/g)].map(([, name]) => name),
  );
  for (const name of named) {
    if (!call.engine.model.table(String(name))) throw errors.notFound('entity', String(name));
  }
  return publish(call, (table) => named.has(table));
}

const ACTIONS: Readonly<Record<string, (call: Call) => WebResponse>> = {
  PublishXml: publishXml,
  PublishAllXml: (call) => publish(call, () => true),
  ReactivateEntityKey: reactivateKey,
};

export const isMetadataAction = (name: string): boolean => Object.hasOwn(ACTIONS, name);

export function callMetadataAction(call: Call, name: string): WebResponse {
  const action = ACTIONS[name];
  if (!action || call.request.method !== 'POST') throw errors.noSegment(name);
  call.engine.context.counters.operation('dataverse', name);
  return action(call);
}

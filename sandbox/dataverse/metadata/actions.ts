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

const ACTIONS = {
  PublishXml: publishXml,
  PublishAllXml: (call: Call) => publish(call, () => true),
  ReactivateEntityKey: reactivateKey,
};

export const METADATA_ACTION_PARAMETERS: Readonly<
  Record<keyof typeof ACTIONS, Readonly<Record<string, 'required' | 'optional'>>>
> = {
  PublishXml: { ParameterXml: 'required' },
  PublishAllXml: {},
  ReactivateEntityKey: { EntityLogicalName: 'required', EntityKeyLogicalName: 'required' },
};

export const isMetadataAction = (name: string): name is keyof typeof ACTIONS =>
  Object.hasOwn(ACTIONS, name);

export function callMetadataAction(call: Call, name: string): WebResponse {
  const action = isMetadataAction(name) ? ACTIONS[name] : undefined;
  if (!action || call.request.method !== 'POST') throw errors.noSegment(name);
  call.engine.context.counters.operation('dataverse', name);
  return action(call);
}

import type { Engine } from '../engine';
import { errors } from '../errors';
import { noContent, type WebResponse } from '../../odata/http/message';
import { bodyOf, type Call } from '../operations/call';
import { checkParameters, type Parameters } from '../operations/parameters';
import { customize, customizingOf, publishable } from './customizing';
import { globalChoices } from './global-option-sets';
import { reactivateKey } from './keys';
import { type MetadataAction, OPTION_ACTIONS } from './option-actions';

/** Unbound actions on metadata. Source: Dataverse docs, publish-customizations and define-alternate-keys-entity. */

/** @param isNamed whether what is published as a whole is to be */
function publish(call: Call, isNamed: (owner: string) => boolean): WebResponse {
  return customize(call, 'prvPublishCustomization', () => {
    const { unpublished } = customizingOf(call.engine);
    for (const [owner, pieces] of [...unpublished]) {
      if (!isNamed(owner)) continue;
      unpublished.delete(owner);
      for (const apply of pieces.values()) apply();
    }
    return { response: noContent() };
  });
}

/** What the XML names, and whether there is such a thing. */
const NAMED = {
  entity: {
    pattern: /<entity>\s*(\w+)\s*<\/entity>/g,
    exists: ({ model }: Engine, name: string) => model.table(name) !== undefined,
  },
  optionset: {
    pattern: /<optionset>\s*(\w+)\s*<\/optionset>/g,
    exists: (engine: Engine, name: string) => globalChoices(engine).has(name),
  },
} as const;

/** `<importexportxml><entities><entity>account</entity></entities></importexportxml>`, and `<optionsets>` likewise. */
function publishXml(call: Call): WebResponse {
  const { ParameterXml: xml } = bodyOf(call);
  if (typeof xml !== 'string' || !/^\s*<importexportxml>[\s\S]*<\/importexportxml>\s*$/.test(xml)) {
    throw errors.invalidArgument("'ParameterXml' must be an importexportxml.");
  }
  const named = new Set<string>();
  for (const kind of ['entity', 'optionset'] as const) {
    const { pattern, exists } = NAMED[kind];
    for (const [, name = ''] of xml.matchAll(pattern)) {
      if (!exists(call.engine, name)) throw errors.notFound(kind, name);
      named.add(publishable(kind, name));
    }
  }
  return publish(call, (owner) => named.has(owner));
}

const ACTIONS: Readonly<Record<string, MetadataAction>> = {
  PublishXml: { run: publishXml, parameters: { ParameterXml: 'required' } },
  PublishAllXml: { run: (call) => publish(call, () => true), parameters: {} },
  ReactivateEntityKey: {
    run: reactivateKey,
    parameters: { EntityLogicalName: 'required', EntityKeyLogicalName: 'required' },
  },
  ...OPTION_ACTIONS,
};

/** What each takes, by its name. */
export const METADATA_ACTION_PARAMETERS: Readonly<Record<string, Parameters>> = Object.fromEntries(
  Object.entries(ACTIONS).map(([name, { parameters }]) => [name, parameters]),
);

export const isMetadataAction = (name: string): boolean => Object.hasOwn(ACTIONS, name);

export function callMetadataAction(call: Call, name: string): WebResponse {
  const action = isMetadataAction(name) ? ACTIONS[name] : undefined;
  if (!action || call.request.method !== 'POST') throw errors.noSegment(name);
  call.engine.context.counters.operation('dataverse', name);
  checkParameters(name, action.parameters, bodyOf(call));
  return action.run(call);
}

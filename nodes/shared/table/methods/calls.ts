import type {
  ILoadOptionsFunctions,
  INodeListSearchResult,
  INodePropertyOptions,
} from 'n8n-workflow';

import { callableOf, isAt, type Place } from '../../../../core/odata/calls';
import type { Callables } from '../../../../core/odata/csdl';
import { settleNow } from '../../../../core/outcome';
import type { TableService } from '../service';
import { chosenIn } from './chosen';
import { currentTable } from './table';

const KINDS = { action: 'Action', function: 'Function' } as const;

/** What the editor lists of actions and functions. */
export function callMethods(service: TableService) {
  async function ask(
    context: ILoadOptionsFunctions,
  ): Promise<{ callables: Callables; place: Place } | undefined> {
    const { client, metadata } = await service.openForEditor(context);
    if (!service.calls) return undefined;
    const on = context.getCurrentNodeParameter('boundTo') as Place['on'];
    const callables = await service.calls.callables(client);
    if (on === 'nothing') return { callables, place: { on } };
    const table = await currentTable(context, service, metadata);
    return table && { callables, place: { on, type: table.logicalName } };
  }

  /** What can be called there, by any part of its name. */
  async function searchCallables(
    this: ILoadOptionsFunctions,
    filter = '',
  ): Promise<INodeListSearchResult> {
    const asked = await ask(this);
    if (!asked) return { results: [] };
    const results = asked.callables.all
      .filter((one) => isAt(one, asked.place, asked.callables.bases))
      .filter(({ name }) => name.toLowerCase().includes(filter.toLowerCase()))
      .map(({ name, kind }) => ({ name: `${name} (${KINDS[kind]})`, value: name }))
      .sort((a, b) => a.name.localeCompare(b.name));
    return { results };
  }

  /**
   * Parameters of what is chosen. None where the environment does not know it: the name may be half typed, or another
   * place have been chosen since, and the run says so.
   */
  async function getCallParameters(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
    const asked = await ask(this);
    const name = chosenIn(this, 'callable');
    if (!asked || name === '') return [];
    const found = settleNow(() => callableOf(asked.callables, name, asked.place));
    if (!found.ok) return [];
    return found.value.parameters.map((one) => ({
      name: `${one.name} (${one.isList ? 'list of ' : ''}${one.type.replace(/^Edm\./, '')})`,
      value: one.name,
    }));
  }

  return { searchCallables, getCallParameters };
}

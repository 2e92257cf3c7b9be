import type { INodeType } from 'n8n-workflow';

import type { TableService } from '../service';
import { callMethods } from './calls';
import { listSearch } from './listSearch';
import { loadOptions } from './loadOptions';
import { resourceMapping } from './resourceMapping';

/** The lists that the editor of a node with tables asks for. */
export function tableMethods(service: TableService) {
  const { searchCallables, getCallParameters } = callMethods(service);
  return {
    listSearch: { ...listSearch(service), searchCallables },
    loadOptions: { ...loadOptions(service), getCallParameters },
    resourceMapping: resourceMapping(service),
  } satisfies INodeType['methods'];
}

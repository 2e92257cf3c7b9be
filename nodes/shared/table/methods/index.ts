import type { INodeType } from 'n8n-workflow';

import type { TableService } from '../service';
import { listSearch } from './listSearch';
import { loadOptions } from './loadOptions';
import { resourceMapping } from './resourceMapping';

/** The lists that the editor of a node with tables asks for. */
export function tableMethods(service: TableService) {
  return {
    listSearch: listSearch(service),
    loadOptions: loadOptions(service),
    resourceMapping: resourceMapping(service),
  } satisfies INodeType['methods'];
}

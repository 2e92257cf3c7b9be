import { get } from 'lodash';
import type {
  IDataObject,
  IExecuteFunctions,
  INodeExecutionData,
  INodeProperties,
} from 'n8n-workflow';

import { identityName, type Identity } from '../../../core/commerce/identity';
import { validationError } from '../../../core/errors';
import type { RecordView } from '../../../core/ledger/ledger';
import type { StoreAt } from '../../../core/ledger/stores';
import { patiently } from '../../../core/ledger/patience';
import type { Target } from '../../../core/ledger/record';
import {
  type NamedSource,
  sourceAmong,
  sourceInRow,
  type SourceScope,
} from '../../../core/ledger/sourceOf';
import { settleNow } from '../../../core/outcome';
import { recordIn, withinRecord } from '../../shared/input';
import { passThrough, resultItem } from '../../shared/items';
import type { Operation } from '../../shared/operation';
import { type ParameterReader, parameterReader } from '../../shared/parameters';
import { itemSteps } from '../../shared/steps';
import { reportClaimed, reportUnclaimed } from '../../shared/unclaimed';
import { noteSettled } from '../../shared/underway';
import { ledgerOf } from '../connection';
import { targetFields } from '../fields/target';
import { fieldValue, textOf } from '../fields/value';

const ID_FIELD = 'targetIdField';

/** A row names its order, where it has a lookup to one; the order names itself. */
const ID_OF_ORDER = '_salesorderid_value ?? salesorderid';

const fields: INodeProperties[] = targetFields.map((field) =>
  field.name === ID_FIELD
    ? {
        ...field,
        default: ID_OF_ORDER,
        required: true,
        placeholder: `e.g. ${ID_OF_ORDER}`,
        description:
          'Name of the field that holds the ID of the row; the first of several with ?? between that has one. So an invoice leads to its sales order. An expression gives the ID itself.',
      }
    : field,
);

const platform: INodeProperties = {
  displayName: 'Platform',
  name: 'platform',
  type: 'string',
  default: '',
  placeholder: 'e.g. xcart',
  description:
    'Rows of other store software leave by the second output: xcart, threedcart or clarity; leave empty for all',
};

const store: INodeProperties = {
  displayName: 'Store',
  name: 'storeName',
  type: 'string',
  default: '',
  placeholder: 'e.g. main',
  description:
    'Rows of other shops leave by the second output: the Store Name of the credential. Needed where Platform is given and the ledger knows several shops of it; leave empty for all shops.',
};

const options: INodeProperties = {
  displayName: 'Options',
  name: 'options',
  type: 'collection',
  placeholder: 'Add option',
  default: {},
  options: [
    {
      displayName: 'Kind',
      name: 'kind',
      type: 'string',
      default: 'order',
      description: 'What kind of record is meant, such as order or customer',
    },
    {
      displayName: 'Put Result In Field',
      name: 'resultField',
      type: 'string',
      default: 'shopOrder',
      description: 'Name of the field that says which record of which shop the row is',
    },
  ],
};

interface Wish {
  row: IDataObject;
  source: unknown;
  target?: Target;
  scope: SourceScope;
}

/** What was found, and by what. */
interface Answer {
  found?: NamedSource;
  by?: 'ledger' | 'columns';
}

function idOf(read: ParameterReader, item: INodeExecutionData, index: number): string | undefined {
  if (!read.isStatic(ID_FIELD)) return textOf(fieldValue(read, ID_FIELD, item, index));
  const row = recordIn(item.json);
  const paths = read<string>(ID_FIELD, index).split('??');
  return paths.map((path) => textOf(get(row, path.trim()))).find((id) => id !== undefined);
}

function wishOf(read: ParameterReader, item: INodeExecutionData, index: number): Wish {
  const id = idOf(read, item, index);
  return {
    row: recordIn(item.json),
    source: item.json.source,
    ...(id !== undefined && {
      target: {
        system: read<string>('targetSystem', index),
        table: read<string>('targetTable', index),
        id,
      },
    }),
    scope: {
      platform: textOf(read('platform', index)),
      store: textOf(read('storeName', index)),
      kind: textOf(read('options.kind', index, 'order')),
    },
  };
}

/** Two shops of one platform count from 1: an order of the other one would be found, and told what it is not. */
function requireOneShop({ platform: of, store: named }: SourceScope, stores: StoreAt[]): void {
  if (of === undefined || named !== undefined) return;
  const names = stores.filter((one) => one.platform === of).map((one) => one.store);
  if (names.length < 2) return;
  throw validationError(
    `Store is empty, and the ledger knows ${names.length} shops of the platform ${of}`,
    `Enter under Store the Store Name of the credential that the order is written with: ${names.slice(0, MOST_NAMES).join(', ')}. Each shop needs a Find Source of its own.`,
  );
}

const MOST_NAMES = 5;

function answerOf({ row, scope }: Wish, views: RecordView[], stores: StoreAt[]): Answer {
  requireOneShop(scope, stores);
  const known = sourceAmong(views, scope);
  if (known) return { found: known, by: 'ledger' };
  const named = sourceInRow(row, scope);
  return named ? { found: named, by: 'columns' } : {};
}

/** A trigger waits for what it has put out, and looks back for what nobody has taken: of no shop is taken. */
function tellTrigger(context: IExecuteFunctions, wishes: Wish[], isFound: boolean[]): void {
  const workflow = context.getWorkflow().id ?? '';
  const passed = wishes.filter((_, place) => !isFound[place]);
  const keys = passed.flatMap(({ source }) => {
    const key = settleNow(() => identityName((source ?? {}) as Identity));
    return key.ok ? [key.value] : [];
  });
  noteSettled(workflow, keys);
  if (!isFound.includes(true)) reportClaimed(workflow, context.getExecutionId());
}

/** What the ledger says of rows, by their places, and the shops that it knows. */
interface LookedUp {
  views: RecordView[][];
  stores: StoreAt[];
}

/** All rows in one question to the ledger. */
async function lookUpAll(context: IExecuteFunctions, wishes: Wish[]): Promise<LookedUp> {
  const targets = wishes.flatMap(({ target }) => target ?? []);
  const isOfAnyShop = wishes.some(
    ({ scope }) => scope.platform !== undefined && scope.store === undefined,
  );
  if (targets.length === 0 && !isOfAnyShop) return { views: [], stores: [] };
  const ask = async () => {
    const opened = await ledgerOf(context);
    const views = targets.length > 0 ? await opened.lookUpByTarget(targets) : [];
    return { views, stores: isOfAnyShop ? await opened.stores.list() : [] };
  };
  let isAnswered = false;
  try {
    const { views, stores } = await patiently(ask, context.getExecutionCancelSignal());
    isAnswered = true;
    return { views: wishes.map(({ target }) => (target && views.shift()) ?? []), stores };
  } finally {
    if (!isAnswered) reportUnclaimed(context.getWorkflow().id ?? '', context.getExecutionId());
  }
}

/** The outputs of the node. */
const FOUND = 0;
const NOT_FOUND = 1;

export const findSource: Operation = {
  name: 'Find Source',
  value: 'findSource',
  action: 'Find the source of rows',
  description:
    'Find out which order of which shop a row of the other system is: by where it was sent, else by the columns of the row that say so',
  properties: [...fields, platform, store, options],
  onlyReads: true,
  // Failed items leave by the second output, with those of no shop: they are not known to be of one.
  outputs: 2,
  start(context) {
    const read = parameterReader(context);
    const field = read.forAll<string>('options.resultField', 'shopOrder').trim() || 'shopOrder';
    return itemSteps<Wish, Answer>({
      prepare: (item, index) => wishOf(read, item, index),
      run: async (wishes) => {
        const { views, stores } = await lookUpAll(context, wishes);
        const answers = wishes.map((wish, place) =>
          settleNow(() => answerOf(wish, views[place] ?? [], stores)),
        );
        tellTrigger(
          context,
          wishes,
          answers.map((answer) => answer.ok && answer.value.found !== undefined),
        );
        return answers;
      },
      route: ({ found }) => (found ? FOUND : NOT_FOUND),
      output: (item, { found, by }, index) => {
        if (!found) return passThrough(item, index);
        const named = { ...(found as unknown as IDataObject), foundBy: by };
        return resultItem(withinRecord(item.json, { [field]: named }), index);
      },
    });
  },
};

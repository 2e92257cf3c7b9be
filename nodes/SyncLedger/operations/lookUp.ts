import { pick } from 'lodash';
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { validationError } from '../../../core/errors';
import type { RecordReference, RecordView } from '../../../core/ledger/ledger';
import type { Target } from '../../../core/ledger/record';
import type { Operation } from '../../shared/operation';
import { parameterReader } from '../../shared/parameters';
import { itemSteps, together } from '../../shared/steps';
import { recordFields, recordNameOf } from '../fields/record';
import { hint, openScoped, scopeFields } from '../fields/scope';
import { targetFields, targetOf } from '../fields/target';
import { presentRecord } from '../present';
import { withField } from './output';

type LookUpBy = 'record' | 'target';

const lookUpBy: INodeProperties = {
  displayName: 'Look Up By',
  name: 'lookUpBy',
  type: 'options',
  options: [
    { name: 'Record', value: 'record', description: 'What became of a record, and where it is' },
    { name: 'Target', value: 'target', description: 'Which record a row of the other system is' },
  ],
  default: 'record',
};

function shownFor(by: LookUpBy, fields: INodeProperties[]): INodeProperties[] {
  return fields.map((field) => ({
    ...field,
    displayOptions: { show: { lookUpBy: [by], ...field.displayOptions?.show } },
  }));
}

type Question = { record: RecordReference } | { number: string } | { target: Target };

/** The latest record first; its main values also at the top, for plain paths. */
function answer(views: RecordView[]): IDataObject {
  const records = [...views].sort((a, b) => b.updatedAt - a.updatedAt).map(presentRecord);
  const [latest] = records;
  if (!latest) return { known: false, records };
  const said = pick(latest, ['number', 'flowName', 'state', 'reason', 'repair', 'remark']);
  const target = (latest.links as IDataObject[]).at(-1);
  return {
    known: true,
    ...said,
    ...pick(latest, ['key', 'flow']),
    ...(target && { target }),
    records,
  };
}

export const lookUp: Operation = {
  name: 'Look Up',
  value: 'lookUp',
  action: 'Look up records',
  description: 'Find out what the ledger knows of records: state, attempts, reason, remark, links',
  properties: [
    lookUpBy,
    ...shownFor('record', recordFields('source', 'fields', 'key', 'number')),
    ...shownFor('target', targetFields),
    ...scopeFields(),
  ],
  async start(context) {
    const read = parameterReader(context);
    const { ledger, scope } = await openScoped(context);
    const { flow } = scope;
    return itemSteps<Question, RecordView[]>({
      prepare: (item, index) => {
        if (read<LookUpBy>('lookUpBy', index) === 'record') {
          const name = recordNameOf(read, item, index);
          return 'key' in name ? { record: { ...name, flow } } : name;
        }
        const target = targetOf(read, item, index);
        if (target) return { target };
        throw validationError(
          'The Target ID Field has no value in this item',
          'Name the field that holds the ID of the row in the other system.',
        );
      },
      run: together(async (questions) => {
        const records = questions.flatMap((asked) => ('record' in asked ? [asked.record] : []));
        const targets = questions.flatMap((asked) => ('target' in asked ? [asked.target] : []));
        const byRecord = records.length > 0 ? await ledger.lookUp(records) : [];
        const numbers = questions.flatMap((asked) => ('number' in asked ? [asked.number] : []));
        const byNumber = numbers.length > 0 ? await ledger.lookUpByNumber(numbers) : [];
        const byTarget = targets.length > 0 ? await ledger.lookUpByTarget(targets) : [];
        const answers = questions.map((asked) => {
          const answered = 'record' in asked ? byRecord : 'number' in asked ? byNumber : byTarget;
          const views = answered.shift() ?? [];
          return views.filter((view) => flow === undefined || view.flow === flow);
        });
        const unknown = answers.filter((views) => views.length === 0).length;
        if (unknown > 0) {
          const of = answers.length > 1 ? ` (${unknown} of ${answers.length})` : '';
          hint(context, `The ledger knows no such record ${scope.words}${of}.`);
        }
        return answers;
      }),
      output: (item, views, index) => withField(item, 'ledger', answer(views), index),
    });
  },
};

import { upperFirst } from 'lodash';
import type { INodeExecutionData, INodeProperties, IPollFunctions } from 'n8n-workflow';

import { ServiceError } from '../../../core/errors';
import { settle } from '../../../core/outcome';
import { latestRecords } from '../../../core/feeds/poll';
import { oneOf, placeOf, type RecordIdentity } from '../../../core/feeds/records';
import type { AnyKind, StoreTriggerDefinition, TriggerStore } from './definition';
import { recordItems } from './items';
import type { TriggerSettings } from './settings';
import { settingsIn } from './settingsIn';
import { requireOwnStoreName } from './storeName';
import { wholeRecords } from './whole';
import { titled } from './words';

const SAMPLE_SIZE = 5;
const TIMEOUT_MS = 30_000;

/** What can stand in the path of a request as it is: where a record has no other number, its id is asked for. */
const PLAIN_ID = /^[\w-]+$/;

type Words = Pick<RecordIdentity<unknown>, 'kind' | 'many' | 'one' | 'place'>;

/** What of a kind its field asks for. */
type Asked = Pick<AnyKind<never>, 'type' | 'numberWord' | 'idExample'> & { byNumber?: unknown };

const fieldName = (words: Words): string => `${titled(oneOf(words))} for Test Runs`;

/** `number`, `SKU`, or `ID` where a record is found by nothing else. */
const wordFor = ({ byNumber, numberWord = 'number' }: Asked): string =>
  byNumber ? numberWord : 'ID';

function describeAsked(asked: Asked): string {
  const { many } = asked.type;
  const which = `${upperFirst(wordFor(asked))} of the one ${oneOf(asked.type)} that a test run brings, whatever is chosen below`;
  const where = `as Get Many of the ${placeOf(asked.type)}'s node shows it; its number or SKU may be another`;
  return `${which}${asked.byNumber ? '' : `, ${where}`}. Empty: the latest ${SAMPLE_SIZE} ${many}. Once published, the workflow takes no notice of it.`;
}

/** What stands at the top of the panel: that trying the workflow out is safe, and with what. */
export function sampleProperties(asked: Asked): INodeProperties[] {
  const { many } = asked.type;
  return [
    {
      displayName: `A test run brings the latest ${many} at once and changes nothing: it waits for no webhook, remembers nothing, and leaves the ${placeOf(asked.type)} as it is.`,
      name: 'testNotice',
      type: 'notice',
      default: '',
    },
    {
      displayName: fieldName(asked.type),
      name: 'testNumber',
      type: 'string',
      default: '',
      placeholder: `e.g. ${asked.idExample ?? (wordFor(asked) === 'SKU' ? 'TS-100' : '1042')}`,
      description: describeAsked(asked),
    },
  ];
}

/** Where the number is the id, what no id can be is asked for nowhere. */
async function ask<Store>(
  { get, byNumber, isOne }: AnyKind<Store>,
  store: Store,
  number: string,
): Promise<object | undefined> {
  const byId = async () => (PLAIN_ID.test(number) ? await get(store, number) : undefined);
  const found = await (byNumber ? byNumber(store, number) : byId());
  return found && (isOne?.(found) ?? true) ? found : undefined;
}

const whatToEnter = (asked: Asked): string =>
  asked.byNumber
    ? `a ${wordFor(asked)} that the ${placeOf(asked.type)} shows in its list of ${asked.type.many}`
    : `the ID of one, as Get Many of the ${placeOf(asked.type)}'s node shows it: its number or SKU may be another`;

async function recordOf<Store>(
  kind: AnyKind<Store>,
  store: Store,
  number: string,
): Promise<object> {
  const { type } = kind;
  const answer = await settle(async () => await ask(kind, store, number));
  if (answer.ok && answer.value) return answer.value;
  if (!answer.ok && answer.error.class !== 'not-found') throw answer.error;
  throw new ServiceError(`The ${placeOf(type)} has no ${oneOf(type)} ${number}`, {
    class: 'not-found',
    fix: `Enter in ${fieldName(type)} ${whatToEnter(kind)}, or leave it empty for the latest ones.`,
  });
}

function nothingToShow(settings: TriggerSettings<never>): ServiceError {
  const { type, filters = [] } = settings.kind;
  const { kind, many } = type;
  const one = oneOf(type);
  const chosen = filters
    .map(({ property }) => property)
    .filter(({ name }) => settings.filters[name]?.length);
  if (chosen.length === 0) {
    return new ServiceError(`The ${placeOf(type)} has no ${many} yet that a test run could bring`, {
      class: 'not-found',
      fix: `${kind === 'order' ? 'Place an' : 'Add a'} ${one} in the ${placeOf(type)}, then run the test again.`,
    });
  }
  const names = chosen.map(({ displayName }) => displayName.replace(/ Names? or IDs?$/, ''));
  return new ServiceError(
    `The ${placeOf(type)} has no ${many} with the chosen ${names.join(' and ').toLowerCase()}`,
    {
      class: 'not-found',
      fix: `Choose more in ${names.join(' or ')}, or enter the ${wordFor(settings.kind)} of one in ${fieldName(type)}.`,
    },
  );
}

/** Oldest first. */
async function latest<Store>(
  { kind, filters, options }: TriggerSettings<Store>,
  store: Store,
): Promise<object[]> {
  const found = await latestRecords(kind.feed(store, filters, options), SAMPLE_SIZE);
  const { whole, unread } = await wholeRecords(
    kind,
    store,
    found.map((record) => ({ record })),
  );
  const [first] = unread;
  if (first && whole.length === 0) throw first.error;
  return whole.map(({ record }) => record).reverse();
}

/** For a test run in the editor: the record that is asked for, else the latest, oldest first. Moves nothing. */
export async function sample<Store extends TriggerStore>(
  context: IPollFunctions,
  { open }: StoreTriggerDefinition<Store>,
  chosen: TriggerSettings<Store>,
): Promise<INodeExecutionData[]> {
  const store = await open(context, { timeoutMs: TIMEOUT_MS });
  const settings = settingsIn(chosen, store);
  const { kind, testNumber } = settings;
  const { type } = kind;
  await requireOwnStoreName(context, type.platform, store);
  const readAt = Date.now();
  const records =
    testNumber === '' ? await latest(settings, store) : [await recordOf(kind, store, testNumber)];
  if (records.length === 0) throw nothingToShow(settings);
  const event = `${type.kind}.changed`;
  return await recordItems(
    settings,
    store,
    records.map((record) => ({ record, event, readAt, by: 'sample' })),
  );
}

import { errors } from '../errors';
import { WEBHOOK_CONTRACT } from '../schema/tables/webhooks';
import { isReference, type Row } from '../store/row';
import type { Switches } from '../switches';
import type { TableRules, Write } from '../write/rules';
import { SECRET } from './address';
import { isPrivateHost } from './private-hosts';
import { listed } from './steps';

/** What a registration has to be like. Refusals whose code is not documented are of an invalid argument. */

/** Where nobody can have a certificate, the sandbox alone lets an address be without TLS. */
function checkAddress({ webhookAddress }: Switches, { url }: Row): void {
  const text = String(url ?? '');
  const parsed = URL.canParse(text) ? new URL(text) : undefined;
  const mayBePlain = webhookAddress === 'any' || isPrivateHost(parsed?.hostname ?? '');
  if (parsed?.protocol === 'https:' || (parsed?.protocol === 'http:' && mayBePlain)) return;
  throw errors.invalidArgument(
    "The 'url' of a webhook must be an absolute address that begins with https://.",
  );
}

/** The secret is kept beside the columns, and never shown. */
function keepSecret({ sent }: Write, row: Row): Row {
  const secret = sent.authvalue === undefined ? (row[SECRET] ?? null) : sent.authvalue;
  return { ...row, authvalue: null, isauthvalueset: secret !== null, [SECRET]: secret };
}

export const endpointRules: TableRules = {
  prepare: (write, row) => {
    if (row.contract === WEBHOOK_CONTRACT) checkAddress(write.engine.switches, row);
    return keepSecret(write, row);
  },
};

const POST_OPERATION = 40;
const OPEN_STAGES: ReadonlySet<unknown> = new Set([10, 20, POST_OPERATION]);

/** Source: Dataverse docs, register-plug-in: asynchronous steps follow the operation. */
function checkStage({ stage, mode }: Row): void {
  if (!OPEN_STAGES.has(stage)) {
    throw errors.invalidArgument(
      "The 'stage' of a step must be 10 (pre-validation), 20 (pre-operation) or 40 (post-operation).",
    );
  }
  if (mode === 1 && stage !== POST_OPERATION) {
    throw errors.invalidArgument("A step with the 'mode' 1 (asynchronous) needs the 'stage' 40.");
  }
}

function checkFilter({ engine: { database, model, switches } }: Write, row: Row): void {
  const filter = isReference(row.sdkmessagefilterid)
    ? database.find(row.sdkmessagefilterid)
    : undefined;
  if (!filter) return;
  const [own, asked] = [filter.sdkmessageid, row.sdkmessageid];
  if (isReference(own) && isReference(asked) && own.id !== asked.id) {
    throw errors.invalidArgument("'sdkmessagefilterid' is the filter of another message.");
  }
  if (switches.unknownFilterColumns === 'accept') return;
  const table = model.table(String(filter.primaryobjecttypecode));
  const unknown = listed(row.filteringattributes)?.find((name) => !table?.columns.has(name));
  if (table && unknown !== undefined) {
    throw errors.invalidArgument(
      `'filteringattributes' names '${unknown}', which is no column of '${table.name}'.`,
    );
  }
}

/** Messages of many rows have steps in Dataverse; here they would be registered and never called. */
function checkMessage({ engine: { database } }: Write, { sdkmessageid: id }: Row): void {
  if (!isReference(id)) return;
  const name = String(database.find(id)?.name);
  if (!(name in IMAGE_PROPERTIES)) throw errors.notImplemented(`A step of the message '${name}'`);
}

/** Required in the metadata, and yet public clients make steps without them. */
const STEP_DEFAULTS = { rank: 1, supporteddeployment: 0 } as const;

function withDefaults({ engine, before }: Write, row: Row): Row {
  if (before || engine.switches.stepDefaults === 'require') return row;
  const { rank, supporteddeployment } = row;
  return {
    ...row,
    rank: rank ?? STEP_DEFAULTS.rank,
    supporteddeployment: supporteddeployment ?? STEP_DEFAULTS.supporteddeployment,
  };
}

export const stepRules: TableRules = {
  prepare: (write, row) => {
    checkStage(row);
    checkMessage(write, row);
    checkFilter(write, row);
    return withDefaults(write, row);
  },
};

const PRE_IMAGE = 0;

/** What a new row is called, by the switch: public sources contradict each other. */
const CREATE_PROPERTIES: Readonly<Record<Switches['createImageProperty'], readonly string[]>> = {
  Id: ['Id'],
  Target: ['Target'],
  both: ['Id', 'Target'],
};

/** Of which property a message has images. Source: Dataverse docs, register-plug-in (messages that support images). */
const IMAGE_PROPERTIES: Readonly<Record<string, (switches: Switches) => readonly string[]>> = {
  Create: ({ createImageProperty }) => CREATE_PROPERTIES[createImageProperty],
  Update: () => ['Target'],
  Delete: () => ['Target'],
};

export const imageRules: TableRules = {
  prepare: ({ engine: { database, switches } }, row) => {
    const step = isReference(row.sdkmessageprocessingstepid)
      ? database.find(row.sdkmessageprocessingstepid)
      : undefined;
    const message = isReference(step?.sdkmessageid)
      ? String(database.find(step.sdkmessageid)?.name)
      : '';
    const properties = IMAGE_PROPERTIES[message]?.(switches);
    if (!properties?.includes(String(row.messagepropertyname))) {
      const known = properties ? `must be '${properties.join("' or '")}'` : 'has no image';
      throw errors.invalidArgument(`'messagepropertyname' of the message '${message}' ${known}.`);
    }
    if (message === 'Create' && row.imagetype === PRE_IMAGE) {
      throw errors.invalidArgument(
        "There is no image before a row is made: 'imagetype' must be 1.",
      );
    }
    if (message === 'Delete' && row.imagetype !== PRE_IMAGE) {
      throw errors.invalidArgument(
        "There is no image after a row is deleted: 'imagetype' must be 0.",
      );
    }
    return row;
  },
};

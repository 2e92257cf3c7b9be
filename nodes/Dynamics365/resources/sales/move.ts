import { upperFirst } from 'lodash';
import type { INodeProperties } from 'n8n-workflow';

import {
  type Moved,
  moveDocuments,
  type ToMove,
} from '../../../../core/dynamics/dataverse/sales/move';
import type { SalesDocument } from '../../../../core/dynamics/dataverse/sales/salesDocument';
import type { Operation } from '../../../shared/operation';
import { countOf } from '../../../shared/typed';
import { actOperation, subjectField } from './act';
import type { SalesResource } from './resource';

export interface MoveWords {
  name: string;
  value: string;
  /** Name of the move in the document's description. */
  move: string;
  action?: string;
  description: string;
  /** What is put out for a document that was moved; also what it is then called. */
  outcome: string;
  /** Field to choose the status reason. */
  reason: INodeProperties;
}

type Movable = SalesDocument & Required<Pick<SalesDocument, 'moves'>>;

/** A field for the reason of a state. */
export const reasonField = (
  name: string,
  description: string,
  options: [name: string, value: number][],
): INodeProperties => {
  const choices = options.map(([label, value]) => ({ name: label, value }));
  const usual = choices[0]?.value;
  return {
    displayName: 'Status Reason',
    name,
    type: 'options',
    default: usual,
    description,
    options: choices,
  };
};

/** Moves a document to another state, such as an order to Fulfilled. */
export function moveOperation(
  resource: SalesResource & { document: Movable },
  { name, value, move, action, description, outcome, reason }: MoveWords,
): Operation {
  const { subject, document } = resource;
  const isRecorded = document.moves[move]?.action !== undefined;
  return actOperation<ToMove, Moved>(resource, {
    name,
    value,
    action: action ?? `${name} ${subject.noun}`,
    description,
    fields: [reason, ...(isRecorded ? [subjectField] : [])],
    doneName: upperFirst(outcome),
    prepare: (reader, id, index) => ({
      id,
      status: countOf('statusReason', reader.read<unknown>(reason.name, index)),
      ...(isRecorded && { subject: reader.read<string>('subject', index, '') || name }),
    }),
    run: async (client, documents, options) =>
      await moveDocuments(client, document, move, documents, options),
    shown: (moved) => ({ ...moved, outcome: moved.outcome === 'done' ? outcome : moved.outcome }),
  });
}

import { randomUUID } from 'node:crypto';

import { isRow } from '../answers';
import type { BatchAnswer, Row, SingleOperation } from '../types';
import { act, DONE, rowAt, type Scene } from './acts';
import type { Intent } from './intent';
import type { RehearsedCall, Stage } from './rules';

function stageOf(scene: Scene): Stage {
  const row = async (set: string, key: string, select?: readonly string[]): Promise<Row> => {
    await scene.standing.learn([{ at: { set, key }, ...(select && { select: [...select] }) }]);
    return rowAt(scene, { set, key });
  };
  return {
    row,
    async change(set, key, columns) {
      await row(set, key, Object.keys(columns));
      act(
        scene,
        { method: 'PATCH', path: '', body: columns },
        { kind: 'change', at: { set, key } },
      );
    },
    note: (write) => scene.note(write),
    newId: () => randomUUID(),
  };
}

/** A call as it is told: what it comes to, the service works out, as far as no rule of the service says it. */
export function noteCall(
  stage: Pick<Stage, 'note'>,
  { name, at, parameters, about }: RehearsedCall,
  note?: string,
): void {
  const place = at ?? about;
  stage.note({
    action: 'call',
    table: place?.set ?? '',
    ...(place?.key !== undefined && { id: String(place.key).toLowerCase() }),
    name,
    parameters,
    ...(note !== undefined && { note }),
  });
}

export async function call(
  scene: Scene,
  operation: SingleOperation,
  { name: full, at }: Extract<Intent, { kind: 'call' }>,
): Promise<BatchAnswer> {
  if (at?.key !== undefined) rowAt(scene, at);
  const name = full.split('.').at(-1) ?? full;
  const parameters = isRow(operation.body) ? operation.body : {};
  const stage = stageOf(scene);
  const told = await scene.rules.call?.({ name, at, parameters, about: operation.about }, stage);
  if (told) return told;
  noteCall(stage, { name, at, parameters, about: operation.about });
  return DONE;
}

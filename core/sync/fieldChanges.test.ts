import { fieldChanges, type FieldsWord } from './fieldChanges';
import type { ConflictRule } from './threeWay';

const word = (
  fields: object,
  rule: ConflictRule = 'source',
  facts: FieldsWord['facts'] = {},
): FieldsWord => ({ fields: { ...fields }, conflicts: { rule }, facts });

const sent = (status: string, before: object = {}) => ({ fields: { status }, before });

describe('fields of a record that was there before', () => {
  it('are written where they differ, and remembered with what stood there', () => {
    const { said, document } = fieldChanges([word({ status: 'S' })], undefined, { status: 'N' });
    expect(said).toEqual([{ changes: { status: 'S' }, decisions: [], held: [] }]);
    expect(document).toEqual({ fields: { status: 'S' }, before: { status: 'N' } });
  });

  it('are sent again where an attempt has changed nothing', () => {
    const memory = { attempts: [sent('S', { status: 'N' })] };
    const again = fieldChanges([word({ status: 'S' }, 'hold')], memory, { status: 'N' });
    expect(again.said[0]?.changes).toEqual({ status: 'S' });
    const other = fieldChanges([word({ status: 'S' }, 'hold')], memory, { status: 'P' });
    expect(other.said[0]?.held).toEqual([{ field: 'status', sent: 'N', source: 'S', target: 'P' }]);
  });

  it('of which another was sent alone are known of by nothing', () => {
    const memory = { confirmed: { fields: { payment: 'P' }, before: {} }, attempts: [] };
    const { said, document } = fieldChanges([word({ status: 'S' }, 'hold')], memory, {
      payment: 'Q',
      status: 'N',
    });
    expect(said[0]?.changes).toEqual({ status: 'S' });
    expect(document?.fields).toEqual({ payment: 'P', status: 'S' });
  });

  it('stay as a person has set them back, until the source says something else', () => {
    const memory = { confirmed: sent('S'), attempts: [] };
    const same = fieldChanges([word({ status: 'S' })], memory, { status: 'P' });
    expect(same.said[0]).toMatchObject({ changes: {}, decisions: [{ kept: 'target' }] });
    const held = fieldChanges([word({ status: 'D' }, 'hold')], memory, { status: 'P' });
    expect(held).toEqual({
      said: [
        {
          changes: {},
          decisions: [],
          held: [{ field: 'status', sent: 'S', source: 'D', target: 'P' }],
        },
      ],
    });
  });

  it('go by what is newer, and by what a person has decided', () => {
    const memory = { confirmed: sent('S'), attempts: [] };
    const changed = (facts: FieldsWord['facts'], targetChangedAt?: number) =>
      fieldChanges(
        [word({ status: 'D' }, 'newest', facts)],
        memory,
        { status: 'P' },
        { targetChangedAt },
      ).said[0]?.changes;
    expect(changed({ changedAt: 1 }, 2)).toEqual({});
    expect(changed({ changedAt: 2 }, 1)).toEqual({ status: 'D' });
    expect(changed({}, 1)).toEqual({ status: 'D' });
    expect(changed({ changedAt: 1, conflicts: 'source' }, 2)).toEqual({ status: 'D' });
  });

  it('that would undo what stands there go by the rule, also when they are said first', () => {
    const undoes = (_field: string, standing: unknown): boolean => standing === 'refunded';
    const first = (rule: ConflictRule, status: string) =>
      fieldChanges([word({ status: 'paid' }, rule)], undefined, { status }, { undoes }).said[0];
    expect(first('source', 'refunded')?.changes).toEqual({ status: 'paid' });
    expect(first('target', 'refunded')).toMatchObject({
      changes: {},
      decisions: [{ kept: 'target', conflict: true }],
    });
    expect(first('hold', 'refunded')?.held).toMatchObject([{ target: 'refunded' }]);
    expect(first('hold', 'queued')?.changes).toEqual({ status: 'paid' });
  });

  it('are said twice in one run and written once', () => {
    const words = [word({ status: 'S' }), word({ status: 'S' }, 'hold')];
    const { said } = fieldChanges(words, undefined, { status: 'N' });
    expect(said.map(({ changes }) => changes)).toEqual([{ status: 'S' }, {}]);
  });
});

import { CONTACT_PARTY } from './party';
import { type MatchOptions, planOf } from './plan';

const ID = '00000000-0000-5000-8000-00000000000a';
const OPTIONS: MatchOptions = { match: 'email', several: 'oldest', whenMatched: 'update' };
const OWN = { found: 'own', id: ID, active: true } as const;
const MATCHED = { found: 'matched', id: ID, by: 'email', keepsName: false } as const;
const there = { id: ID, email: 'ada@example.com', name: 'ada byron', active: true };

const NAMELESS = {
  contactid: ID,
  lastname: 'Ada@example.com',
  emailaddress1: 'ada@example.com',
  telephone1: '1',
};

describe.each([OWN, MATCHED])('a contact that is there ($found)', (decision) => {
  it('keeps its name where the shop tells none, and the e-mail address stands in for it', () => {
    const plan = planOf(CONTACT_PARTY, NAMELESS, decision, { there, options: OPTIONS });
    expect(plan.write?.row).toEqual({ emailaddress1: 'ada@example.com', telephone1: '1' });
    expect(plan.notes).toEqual([{ field: 'lastname', message: 'kept: the shop tells no name' }]);
  });

  it('takes the name that the shop tells', () => {
    const row = { ...NAMELESS, firstname: 'Ada', lastname: 'King' };
    const plan = planOf(CONTACT_PARTY, row, decision, { there, options: OPTIONS });
    expect(plan.write?.row).toMatchObject({ firstname: 'Ada', lastname: 'King' });
    expect(plan.notes).toEqual([]);
  });

  it('has the address for a name where it has no other', () => {
    const nobody = { ...there, name: undefined };
    const plan = planOf(CONTACT_PARTY, NAMELESS, decision, { there: nobody, options: OPTIONS });
    expect(plan.write?.row).toMatchObject({ lastname: 'Ada@example.com' });
    expect(plan.notes).toEqual([]);
  });

  it('is told nothing of a name that is not written at all', () => {
    const row = { contactid: ID, telephone1: '1' };
    const plan = planOf(CONTACT_PARTY, row, decision, { there, options: OPTIONS });
    expect(plan).toMatchObject({ write: { row: { telephone1: '1' } }, notes: [] });
  });
});

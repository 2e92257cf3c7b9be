import { namedIdentity } from '../../../commerce/identity';
import { decideAll, type MatchRules, type Party, type Wanted } from './decide';

/**
 * Who orders, whom Dynamics 365 has already, and what becomes of it by each rule.
 *
 * `who`: a guest or a customer with an id, Kim or Pat, all of the same e-mail address. `pack`: the row that the pack has
 * made before, `G` from the guest Kim, `R` from the registered customer Kim; so a customer who finds `G` has registered
 * since, and a guest who finds `R` did not sign in. `people`: contacts that people have entered, all called Kim, `P` in
 * 2020 and `Q` in 2024; the pack's row is of 2022. A `-` behind a row: it is inactive.
 *
 * What becomes of it: `+G` made with that key (`g`: the key of another person of the same address), `=G` his own,
 * `~P` matched, `~P!` matched and not to be renamed, `?2` so many match, and a person has to choose.
 */
const TABLE = `
who             pack   people  new   by e-mail: oldest, newest, hold; by e-mail and name: oldest, newest, hold
guest kim       none   none    +G    +G    +G    +G    +G    +G    +G
guest kim       none   P       +G    ~P    ~P    ~P    ~P    ~P    ~P
guest kim       none   P Q     +G    ~P    ~Q    ?2    ~P    ~Q    ?2
guest kim       none   P-      +G    +G    +G    +G    +G    +G    +G
guest kim       G      none    =G    =G    =G    =G    =G    =G    =G
guest kim       G      P       =G    =G    =G    =G    =G    =G    =G
guest kim       G      P Q     =G    =G    =G    =G    =G    =G    =G
guest kim       G      P-      =G    =G    =G    =G    =G    =G    =G
guest kim       R      none    +G    ~R    ~R    ~R    ~R    ~R    ~R
guest kim       R      P       +G    ~P    ~R    ?2    ~P    ~R    ?2
guest kim       R      P Q     +G    ~P    ~Q    ?3    ~P    ~Q    ?3
guest kim       R      P-      +G    ~R    ~R    ~R    ~R    ~R    ~R
guest kim       G-     none    =G    =G    =G    =G    =G    =G    =G
guest kim       G-     P       =G    ~P    ~P    ~P    ~P    ~P    ~P
guest kim       G-     P Q     =G    ~P    ~Q    ?2    ~P    ~Q    ?2
guest kim       G-     P-      =G    =G    =G    =G    =G    =G    =G
guest kim       R-     none    +G    +G    +G    +G    +G    +G    +G
guest kim       R-     P       +G    ~P    ~P    ~P    ~P    ~P    ~P
guest kim       R-     P Q     +G    ~P    ~Q    ?2    ~P    ~Q    ?2
guest kim       R-     P-      +G    +G    +G    +G    +G    +G    +G
guest pat       none   none    +G    +G    +G    +G    +G    +G    +G
guest pat       none   P       +G    ~P!   ~P!   ~P!   +G    +G    +G
guest pat       none   P Q     +G    ~P!   ~Q!   ?2    +G    +G    +G
guest pat       none   P-      +G    +G    +G    +G    +G    +G    +G
guest pat       G      none    +g    ~G!   ~G!   ~G!   +g    +g    +g
guest pat       G      P       +g    ~G!   ~G!   ~G!   +g    +g    +g
guest pat       G      P Q     +g    ~G!   ~G!   ~G!   +g    +g    +g
guest pat       G      P-      +g    ~G!   ~G!   ~G!   +g    +g    +g
guest pat       R      none    +G    ~R!   ~R!   ~R!   +G    +G    +G
guest pat       R      P       +G    ~P!   ~R!   ?2    +G    +G    +G
guest pat       R      P Q     +G    ~P!   ~Q!   ?3    +G    +G    +G
guest pat       R      P-      +G    ~R!   ~R!   ~R!   +G    +G    +G
guest pat       G-     none    +g    =G    =G    =G    +g    +g    +g
guest pat       G-     P       +g    ~P!   ~P!   ~P!   +g    +g    +g
guest pat       G-     P Q     +g    ~P!   ~Q!   ?2    +g    +g    +g
guest pat       G-     P-      +g    =G    =G    =G    +g    +g    +g
guest pat       R-     none    +G    +G    +G    +G    +G    +G    +G
guest pat       R-     P       +G    ~P!   ~P!   ~P!   +G    +G    +G
guest pat       R-     P Q     +G    ~P!   ~Q!   ?2    +G    +G    +G
guest pat       R-     P-      +G    +G    +G    +G    +G    +G    +G
customer kim    none   none    +R    +R    +R    +R    +R    +R    +R
customer kim    none   P       +R    ~P    ~P    ~P    ~P    ~P    ~P
customer kim    none   P Q     +R    ~P    ~Q    ?2    ~P    ~Q    ?2
customer kim    none   P-      +R    +R    +R    +R    +R    +R    +R
customer kim    G      none    +R    ~G    ~G    ~G    ~G    ~G    ~G
customer kim    G      P       +R    ~P    ~G    ?2    ~P    ~G    ?2
customer kim    G      P Q     +R    ~P    ~Q    ?3    ~P    ~Q    ?3
customer kim    G      P-      +R    ~G    ~G    ~G    ~G    ~G    ~G
customer kim    R      none    =R    =R    =R    =R    =R    =R    =R
customer kim    R      P       =R    =R    =R    =R    =R    =R    =R
customer kim    R      P Q     =R    =R    =R    =R    =R    =R    =R
customer kim    R      P-      =R    =R    =R    =R    =R    =R    =R
customer kim    G-     none    +R    +R    +R    +R    +R    +R    +R
customer kim    G-     P       +R    ~P    ~P    ~P    ~P    ~P    ~P
customer kim    G-     P Q     +R    ~P    ~Q    ?2    ~P    ~Q    ?2
customer kim    G-     P-      +R    +R    +R    +R    +R    +R    +R
customer kim    R-     none    =R    =R    =R    =R    =R    =R    =R
customer kim    R-     P       =R    ~P    ~P    ~P    ~P    ~P    ~P
customer kim    R-     P Q     =R    ~P    ~Q    ?2    ~P    ~Q    ?2
customer kim    R-     P-      =R    =R    =R    =R    =R    =R    =R
customer pat    none   none    +R    +R    +R    +R    +R    +R    +R
customer pat    none   P       +R    ~P    ~P    ~P    +R    +R    +R
customer pat    none   P Q     +R    ~P    ~Q    ?2    +R    +R    +R
customer pat    none   P-      +R    +R    +R    +R    +R    +R    +R
customer pat    G      none    +R    ~G    ~G    ~G    +R    +R    +R
customer pat    G      P       +R    ~P    ~G    ?2    +R    +R    +R
customer pat    G      P Q     +R    ~P    ~Q    ?3    +R    +R    +R
customer pat    G      P-      +R    ~G    ~G    ~G    +R    +R    +R
customer pat    R      none    =R    =R    =R    =R    =R    =R    =R
customer pat    R      P       =R    =R    =R    =R    =R    =R    =R
customer pat    R      P Q     =R    =R    =R    =R    =R    =R    =R
customer pat    R      P-      =R    =R    =R    =R    =R    =R    =R
customer pat    G-     none    +R    +R    +R    +R    +R    +R    +R
customer pat    G-     P       +R    ~P    ~P    ~P    +R    +R    +R
customer pat    G-     P Q     +R    ~P    ~Q    ?2    +R    +R    +R
customer pat    G-     P-      +R    +R    +R    +R    +R    +R    +R
customer pat    R-     none    =R    =R    =R    =R    =R    =R    =R
customer pat    R-     P       =R    ~P    ~P    ~P    =R    =R    =R
customer pat    R-     P Q     =R    ~P    ~Q    ?2    =R    =R    =R
customer pat    R-     P-      =R    =R    =R    =R    =R    =R    =R
`;

const ID = {
  G: '00000000-0000-5000-8000-00000000000a',
  R: '00000000-0000-5000-8000-00000000000b',
  P: '00000000-0000-4000-8000-00000000000c',
  Q: '00000000-0000-4000-8000-00000000000d',
};
const OTHER = namedIdentity(ID.G, 'pat lee');
const CREATED: Record<string, string> = { P: '2020', G: '2022', R: '2022', Q: '2024' };

const LETTERS = new Map(
  [...Object.entries(ID), ['g', OTHER] as const].map(([letter, id]) => [id, letter]),
);

/** `P Q-` as rows. */
function rowsOf(text: string): Party[] {
  return [...text.matchAll(/([A-Z])(-?)/g)].map(([, letter = '', off]) => ({
    id: ID[letter as keyof typeof ID],
    email: 'kim@example.com',
    name: 'kim lee',
    createdOn: `${CREATED[letter]}-01-01T00:00:00Z`,
    active: off === '',
  }));
}

function wantedOf(who: string): Wanted {
  const isGuest = who.startsWith('guest');
  return {
    key: isGuest ? ID.G : ID.R,
    email: 'kim@example.com',
    name: `${who.split(' ')[1]} lee`,
    keyedByEmail: isGuest,
  };
}

/** A decision as the table writes it. */
function written(wanted: Wanted, rows: Party[], rules: MatchRules): string {
  const [decision] = decideAll([wanted], rows, rules);
  if (!decision) throw new Error('There is no decision');
  if (decision.found === 'several') return `?${decision.count}`;
  const letter = LETTERS.get(decision.id) ?? decision.id;
  if (decision.found === 'none') return `+${letter}`;
  if (decision.found === 'own') return `=${letter}`;
  return `~${letter}${decision.keepsName ? '!' : ''}`;
}

const BY_SEVERAL = ['oldest', 'newest', 'hold'] as const;
const RULES: MatchRules[] = [
  { match: 'new', several: 'oldest' },
  ...BY_SEVERAL.map((several) => ({ match: 'email' as const, several })),
  ...BY_SEVERAL.map((several) => ({ match: 'emailAndName' as const, several })),
];

const LINES = TABLE.trim()
  .split('\n')
  .slice(1)
  .map((line) => line.split(/\s{2,}/));

test('every combination stands in the table once', () => {
  expect(new Set(LINES.map((line) => line.slice(0, 3).join('|'))).size).toBe(4 * 5 * 4);
  expect(LINES).toHaveLength(4 * 5 * 4);
});

test.each(LINES)('%s, made by the pack: %s, by people: %s', (who, pack, people, ...right) => {
  const rows = [...rowsOf(pack), ...rowsOf(people)];
  expect(RULES.map((rules) => written(wantedOf(who), rows, rules))).toEqual(right);
});

test('of always new it makes no difference which of several is taken', () => {
  for (const [who = '', pack = '', people = ''] of LINES) {
    const rows = [...rowsOf(pack), ...rowsOf(people)];
    const all = BY_SEVERAL.map((several) =>
      written(wantedOf(who), rows, { match: 'new', several }),
    );
    expect(new Set(all).size).toBe(1);
  }
});

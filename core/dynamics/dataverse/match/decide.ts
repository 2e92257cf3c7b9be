import { namedIdentity } from '../../../commerce/identity';

/** By what a customer of the shop is taken for one who is already there. */
export type MatchRule = 'email' | 'emailAndName' | 'new';

/** Which of several that match is meant; `hold` leaves it to a person. */
export type SeveralRule = 'newest' | 'oldest' | 'hold';

export interface MatchRules {
  match: MatchRule;
  several: SeveralRule;
}

/** Who is looked for. Address and name are folded (`fold`), so that they compare as they stand. */
export interface Wanted {
  /** The key made from the shop. */
  key: string;
  /** Absent where it reaches nobody. */
  email?: string;
  /** Absent where there is none, or the address stands in for it. */
  name?: string;
  /** Whether the key was made of the address alone: then two people may have the same one. */
  keyedByEmail: boolean;
  /** The row that this customer was taken for before, by the same rule. */
  chosen?: string;
}

/** A row that is there, or will be there before this one is looked for. */
export interface Party {
  id: string;
  email?: string;
  name?: string;
  /** ISO 8601. */
  createdOn?: string;
  active: boolean;
}

/** A row that a customer is found to be; `several` says that a person has to choose. */
export type Found =
  /** Ours: it was made from this very customer. */
  | { found: 'own'; id: string; active: boolean }
  | {
      found: 'matched';
      id: string;
      /** `memory`: he was taken for it before. */
      by: 'email' | 'emailAndName' | 'memory';
      /** How many matched, where it was not the only one. */
      among?: number;
      /** A guest, and another person by the name: that must not be rewritten. */
      keepsName: boolean;
    }
  | { found: 'several'; count: number; by: 'email' | 'emailAndName' };

/** What becomes of a customer: a row that is there, one that a customer before makes (`isNew`), or a new one. */
export type MatchDecision = (Found & { isNew?: true }) | { found: 'none'; id: string };

/** Text as people mean it: without case, and with one blank for many. */
export function fold(text: string): string {
  return text.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase();
}

/** Rows found by their key and by their address. */
export class Parties {
  private readonly byId = new Map<string, Party>();
  private readonly byEmail = new Map<string, Party[]>();

  constructor(parties: Iterable<Party> = []) {
    for (const party of parties) this.add(party);
  }

  add(party: Party): void {
    if (this.byId.has(party.id)) return;
    this.byId.set(party.id, party);
    if (party.email === undefined) return;
    const same = this.byEmail.get(party.email);
    if (same) same.push(party);
    else this.byEmail.set(party.email, [party]);
  }

  get(id: string): Party | undefined {
    return this.byId.get(id);
  }

  /** Those of this address that can be chosen: inactive ones are no choice. */
  reachedBy(email: string): Party[] {
    return this.byEmail.get(email)?.filter(({ active }) => active) ?? [];
  }
}

function hasOtherName({ name }: Party, wanted: Wanted): boolean {
  return name !== undefined && wanted.name !== undefined && name !== wanted.name;
}

/** Whether the key may be that of another person of the same address, whom the rule tells apart by the name. */
function isShared({ keyedByEmail }: Wanted, match: MatchRule): boolean {
  return keyedByEmail && match !== 'email';
}

/** The keys that this customer may have been given; the second tells apart those who share an address. */
export function keysOf(wanted: Wanted, match: MatchRule): [string, ...string[]] {
  const { key, name } = wanted;
  return isShared(wanted, match) && name !== undefined ? [key, namedIdentity(key, name)] : [key];
}

/**
 * The row that was made from this very customer. By e-mail, whoever has the address is the one that the row was made
 * from. A rule that tells people apart by their names finds somebody else in it where the name differs: he has, or gets,
 * a row of his own.
 */
function ownOf(wanted: Wanted, parties: Parties, { match }: MatchRules): Party | undefined {
  const [first, second] = keysOf(wanted, match).map((key) => parties.get(key));
  const isOthers = first && isShared(wanted, match) && hasOtherName(first, wanted);
  return isOthers ? second : (first ?? second);
}

/** Oldest first. Where two are as old, their ids decide, so that the order in which they were found never does. */
function byAge(a: Party, b: Party): number {
  const text = ({ createdOn = '', id }: Party) => `${createdOn} ${id}`;
  return text(a) < text(b) ? -1 : 1;
}

function matchOf(
  wanted: Wanted,
  parties: Parties,
  { match, several }: MatchRules,
): Found | undefined {
  if (match === 'new' || wanted.email === undefined) return undefined;
  const reached = parties.reachedBy(wanted.email);
  const isNamed = ({ name }: Party) => name !== undefined && name === wanted.name;
  const candidates = (match === 'email' ? reached : reached.filter(isNamed)).sort(byAge);
  const chosen = candidates.at(several === 'newest' ? -1 : 0);
  if (!chosen) return undefined;
  const count = candidates.length;
  if (count > 1 && several === 'hold') return { found: 'several', count, by: match };
  const keepsName = wanted.keyedByEmail && hasOtherName(chosen, wanted);
  const among = count > 1 ? { among: count } : {};
  return { found: 'matched', id: chosen.id, by: match, keepsName, ...among };
}

/** By an address alone and with another name, it is a match by e-mail and no more than that. */
function asOwn(own: Party, wanted: Wanted): Found {
  const { id, active } = own;
  const isOfAddress = wanted.keyedByEmail && id === wanted.key;
  if (!active || !isOfAddress || !hasOtherName(own, wanted)) return { found: 'own', id, active };
  return { found: 'matched', id, by: 'email', keepsName: true };
}

/** Whom he was taken for once he stays, whoever else has got his address or whatever the row is called by now. */
function chosenBefore(wanted: Wanted, parties: Parties): Found | undefined {
  const party = wanted.chosen === undefined ? undefined : parties.get(wanted.chosen);
  if (!party?.active) return undefined;
  const keepsName = wanted.keyedByEmail && hasOtherName(party, wanted);
  return { found: 'matched', id: party.id, by: 'memory', keepsName };
}

/**
 * Which row a customer of the shop is: the one made from this very customer, else the one that he was taken for before,
 * else the one that the rule finds. A row of ours that somebody has made inactive comes last: it may have been merged
 * into another, and is taken only where there is no other, because its key is taken. Undefined: there is none.
 */
export function find(wanted: Wanted, parties: Parties, rules: MatchRules): Found | undefined {
  const own = ownOf(wanted, parties, rules);
  if (own?.active) return asOwn(own, wanted);
  return (
    chosenBefore(wanted, parties) ?? matchOf(wanted, parties, rules) ?? (own && asOwn(own, wanted))
  );
}

/** The customers of one run, one after the other: whoever comes later finds those who will be made before him. */
class Deciding {
  private readonly there: Parties;
  private readonly made = new Parties();
  private readonly decided = new Map<string, MatchDecision>();

  constructor(
    found: Iterable<Party>,
    private readonly rules: MatchRules,
  ) {
    this.there = new Parties(found);
  }

  decide(wanted: Wanted): MatchDecision {
    // The same customer twice is the same row, also where the second order has another address.
    const known = wanted.keyedByEmail ? undefined : this.decided.get(wanted.key);
    const decision = known && known.found !== 'several' ? again(known) : this.choose(wanted);
    this.decided.set(wanted.key, decision);
    return decision;
  }

  private choose(wanted: Wanted): MatchDecision {
    const there = find(wanted, this.there, this.rules);
    if (there) return there;
    // A row that he was taken for and that is gone may be made again for somebody else.
    const made = find({ ...wanted, chosen: undefined }, this.made, this.rules);
    if (made) return { ...made, isNew: true };
    const [key, named = key] = keysOf(wanted, this.rules.match);
    const isTaken = this.there.get(key) ?? this.made.get(key);
    const id = isTaken ? named : key;
    this.made.add({ id, email: wanted.email, name: wanted.name, active: true });
    return { found: 'none', id };
  }
}

function again(decision: MatchDecision): MatchDecision {
  if (decision.found !== 'none') return decision;
  return { found: 'own', id: decision.id, active: true, isNew: true };
}

/** Decides for all customers of one run, in their order. Rows that are there already come before new ones. */
export function decideAll(
  wanted: Wanted[],
  found: Iterable<Party>,
  rules: MatchRules,
): MatchDecision[] {
  const deciding = new Deciding(found, rules);
  return wanted.map((one) => deciding.decide(one));
}

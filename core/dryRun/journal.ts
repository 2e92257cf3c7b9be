import { alreadyPlanned, type PlannedWrite } from './plannedWrite';

/** A write, and the places of all who have asked for it. */
interface Noted {
  write: PlannedWrite;
  places: number[];
}

/** What the items of a run would write, by the places that the items have in it. */
export class Journal {
  private readonly byPlace = new Map<number, Noted[]>();
  private readonly ofNobody: PlannedWrite[] = [];
  private readonly failed = new Set<number>();

  /**
   * Of several who ask for the same write the first has it, and the others find it done.
   *
   * @param places of who asks for it; none: the run as a whole
   */
  note(write: PlannedWrite, places: readonly number[] = []): void {
    const noted = { write, places: [...new Set(places)] };
    if (noted.places.length === 0) this.ofNobody.push(write);
    for (const place of noted.places) this.add(place, noted);
  }

  /** The one at this place does not get through: what others have asked for as well, the next of them has. */
  fail(place: number): void {
    this.failed.add(place);
  }

  /** What the one at a place would write, in the order in which it was planned. */
  of(place: number): PlannedWrite[] {
    const all = this.byPlace.get(place) ?? [];
    return all.map((noted) =>
      this.tellerOf(noted) === place ? noted.write : alreadyPlanned(noted.write),
    );
  }

  /** What is written for the run as a whole; given out once. */
  takeCommon(): PlannedWrite[] {
    return this.ofNobody.splice(0);
  }

  private tellerOf({ places }: Noted): number | undefined {
    return places.find((place) => !this.failed.has(place)) ?? places[0];
  }

  private add(place: number, noted: Noted): void {
    const known = this.byPlace.get(place);
    if (known) known.push(noted);
    else this.byPlace.set(place, [noted]);
  }
}

import { alreadyPlanned, type PlannedWrite } from './plannedWrite';

/** What the items of a run would write, by the places that the items have in it. */
export class Journal {
  private readonly byPlace = new Map<number, PlannedWrite[]>();
  private readonly ofNobody: PlannedWrite[] = [];

  /**
   * Of several who ask for the same write the first has it, and the others find it done.
   *
   * @param places of who asks for it; none: the run as a whole
   */
  note(write: PlannedWrite, places: readonly number[] = []): void {
    const [first, ...others] = new Set(places);
    if (first === undefined) this.ofNobody.push(write);
    else this.add(first, write);
    for (const place of others) this.add(place, alreadyPlanned(write));
  }

  /** What the one at a place would write, in the order in which it was planned. */
  of(place: number): PlannedWrite[] {
    return [...(this.byPlace.get(place) ?? [])];
  }

  /** What is written for the run as a whole; given out once. */
  takeCommon(): PlannedWrite[] {
    return this.ofNobody.splice(0);
  }

  private add(place: number, write: PlannedWrite): void {
    const known = this.byPlace.get(place);
    if (known) known.push(write);
    else this.byPlace.set(place, [write]);
  }
}

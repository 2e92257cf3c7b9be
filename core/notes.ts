/**
 * What was done to a field on its way that its reader should know: cut, changed, or let pass as written. Travels on the
 * item as `notes`; absent where there is nothing to say.
 */
export interface Note {
  /** Where it stands in the document that was made: `salesorder.order_details[0].productdescription`. */
  field: string;
  /** One sentence without personal data: "cut from 312 to 250 characters". */
  message: string;
}

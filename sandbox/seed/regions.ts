/** Letters of the states and provinces in which the seeded customers live, by their names. Other countries have none. */
export const REGION_CODES: Readonly<Record<string, string>> = {
  Texas: 'TX',
  Washington: 'WA',
  Massachusetts: 'MA',
  Colorado: 'CO',
  Oregon: 'OR',
  Ontario: 'ON',
};

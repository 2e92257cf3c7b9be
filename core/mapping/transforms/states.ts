/** States and provinces that a code is in general use for (ISO 3166-2, without the country's own part). */
const US =
  'AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut|DE Delaware|' +
  'DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois|IN Indiana|IA Iowa|' +
  'KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland|MA Massachusetts|MI Michigan|MN Minnesota|' +
  'MS Mississippi|MO Missouri|MT Montana|NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|' +
  'NM New Mexico|NY New York|NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|' +
  'PA Pennsylvania|RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah|' +
  'VT Vermont|VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming|AS American Samoa|' +
  'GU Guam|MP Northern Mariana Islands|PR Puerto Rico|VI U.S. Virgin Islands';
const CA =
  'AB Alberta|BC British Columbia|MB Manitoba|NB New Brunswick|NL Newfoundland and Labrador|' +
  'NS Nova Scotia|NT Northwest Territories|NU Nunavut|ON Ontario|PE Prince Edward Island|QC Quebec|' +
  'SK Saskatchewan|YT Yukon';
const AU =
  'ACT Australian Capital Territory|NSW New South Wales|NT Northern Territory|QLD Queensland|' +
  'SA South Australia|TAS Tasmania|VIC Victoria|WA Western Australia';

interface States {
  codeByName: ReadonlyMap<string, string>;
  nameByCode: ReadonlyMap<string, string>;
}

function states(list: string): States {
  const pairs = list.split('|').map((entry): [string, string] => {
    const space = entry.indexOf(' ');
    return [entry.slice(0, space), entry.slice(space + 1)];
  });
  return {
    nameByCode: new Map(pairs),
    codeByName: new Map(pairs.map(([code, name]) => [name.toLowerCase(), code])),
  };
}

const BY_COUNTRY: ReadonlyMap<string, States> = new Map([
  ['US', states(US)],
  ['CA', states(CA)],
  ['AU', states(AU)],
]);

/** "Texas" or "tx" in the US: `TX`. Undefined where the country has no such state in the table. */
export function stateCode(country: string, state: string): string | undefined {
  const table = BY_COUNTRY.get(country);
  const upper = state.toUpperCase();
  return table?.nameByCode.has(upper) ? upper : table?.codeByName.get(state.toLowerCase());
}

/** "TX" in the US: `Texas`. */
export function stateName(country: string, state: string): string | undefined {
  const table = BY_COUNTRY.get(country);
  const code = stateCode(country, state);
  return code === undefined ? undefined : table?.nameByCode.get(code);
}

/** A made-up customer. E-mail addresses are at example.com and phone numbers hold 555: neither can be real. */
export interface SeedCustomer {
  email: string;
  firstName: string;
  lastName: string;
  company?: string;
  phone: string;
  street: string;
  zipcode: string;
  city: string;
  /** ISO 3166-1 alpha-2. */
  countryCode: string;
  /** The store's own id of the state; null where the country has none. */
  stateId: number | null;
  stateName: string;
}

type Place = readonly [
  street: string,
  zipcode: string,
  city: string,
  country: string,
  stateId: number | null,
  state: string,
  phonePrefix: string,
];

const PLACES: readonly Place[] = [
  ['Main St', '78701', 'Austin', 'US', 43, 'Texas', '+1512'],
  ['Oak Avenue', '98101', 'Seattle', 'US', 47, 'Washington', '+1206'],
  ['Harbor Road', '02108', 'Boston', 'US', 22, 'Massachusetts', '+1617'],
  ['Mill Lane', '80202', 'Denver', 'US', 6, 'Colorado', '+1303'],
  ['River Street', '97204', 'Portland', 'US', 37, 'Oregon', '+1503'],
  ['Queen Street West', 'M5V 2A8', 'Toronto', 'CA', 69, 'Ontario', '+1416'],
  ['Station Road', 'CB1 2JW', 'Cambridge', 'GB', null, 'Cambridgeshire', '+441223'],
  ['Lindenstraße', '10969', 'Berlin', 'DE', null, 'Berlin', '+4930'],
];

type Person = readonly [firstName: string, lastName: string, company?: string];

const PEOPLE: readonly Person[] = [
  ['Ada', 'Byron', 'Analytical Engines'],
  ['Ben', 'Okafor'],
  ['Clara', 'Lindqvist'],
  ['Dmitri', 'Volkov', 'Volkov & Sons'],
  ['Elena', 'García'],
  ['Farid', 'Haddad'],
  ['Grace', "O'Neill", "O'Neill Joinery"],
  ['Hiro', 'Tanaka'],
  ['Ines', 'Müller'],
  ['Jonas', 'Schröder', 'Schröder Küchen'],
  ['Keiko', 'Sato'],
  ['Liam', 'Murphy'],
  ['Maya', 'Patel', 'Patel Outdoor'],
  ['Noah', 'Fischer'],
  ['Olga', 'Nowak'],
  ['Pablo', 'Núñez'],
  ['Quinn', 'Baker', 'Baker & Baker'],
  ['Rosa', 'Silva'],
  ['Samuel', 'Adeyemi'],
  ['Tessa', 'van Dijk'],
  ['Umar', 'Khan'],
  ['Vera', 'Sokolova'],
  ['Wei', 'Zhang', 'Zhang Office Supply'],
  ['Xenia', 'Papadopoulos'],
  ['Yusuf', 'Demir'],
  ['Zoë', 'Martin'],
  ['Anders', 'Holm', 'Holm Workshop'],
  ['Bianca', 'Rossi'],
  ['Carl', 'Weber'],
  ['Dana', 'Cohen'],
  ['Emil', 'Dvořák'],
  ['Fatou', 'Diallo'],
  ['George', 'Smith-Jones'],
  ['Hana', 'Kim'],
  ['Ivan', 'Petrov', 'Petrov Imports'],
  ['Julia', 'Becker'],
  ['Karl', 'Jensen'],
  ['Lucía', 'Fernández'],
  ['Milan', 'Horvat'],
  ['Nadia', 'Rahman'],
];

/** Letters that may stand in an e-mail address without quoting: accents and apostrophes go. */
function emailPart(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^a-zA-Z]/g, '')
    .toLowerCase();
}

function customerAt(index: number, person: Person): SeedCustomer {
  const [firstName, lastName, company] = person;
  const place = PLACES[index % PLACES.length] as Place;
  const [street, zipcode, city, countryCode, stateId, stateName, prefix] = place;
  return {
    email: `${emailPart(firstName)}.${emailPart(lastName)}@example.com`,
    firstName,
    lastName,
    company,
    phone: `${prefix}5550${100 + index}`,
    street: `${index + 1} ${street}`,
    zipcode,
    city,
    countryCode,
    stateId,
    stateName,
  };
}

export const CUSTOMERS: readonly SeedCustomer[] = PEOPLE.map((person, index) =>
  customerAt(index, person),
);

/** Somebody in a PeopleInput. */
export interface Person {
  readonly name: string;
  readonly email: string;
  /** What is wrong with the address; the chip turns red and says it on hover. */
  readonly error?: string | undefined;
}

/** What reading a typed or pasted text gave. */
export interface Reading {
  /** The whole list afterwards: those who were there and those who came. */
  people: Person[];
  /** What nobody could be made of; it stays in the field. */
  rest: string;
  /** What is wrong with the rest. */
  error?: string | undefined;
}

/** A person who is invited. */
export interface Person {
  readonly name: string;
  readonly email: string;
}

/**
 * Reads people as they are typed or pasted: "Anna Nowak <anna@example.com>", bare addresses, lists with commas,
 * semicolons or lines. What is nobody yet comes back as it was, in `rest`. Gentle on purpose: whether an address
 * can be used, Go decides.
 */
export function readPeople(text: string): { people: Person[]; rest: string[] } {
  const people: Person[] = [];
  const rest: string[] = [];
  for (const piece of pieces(text)) {
    const person = readPerson(piece);
    if (person) people.push(person);
    else rest.push(piece);
  }
  return { people, rest };
}

/** Reads one person; nothing when there is no address in it, or more than one. */
export function readPerson(text: string): Person | undefined {
  const angled = /^([^<>]*)<([^<>]*)>$/.exec(text.trim());
  const email = bareAddress((angled?.[2] ?? text).trim());
  return email === undefined ? undefined : { name: plainName(angled?.[1] ?? ''), email };
}

/** The list with those added who are not in it yet; addresses are compared without case, as Go does. */
export function addPeople(list: readonly Person[], more: readonly Person[]): Person[] {
  const known = new Set(list.map((person) => person.email.toLowerCase()));
  const added = more.filter(({ email }) => {
    const fresh = !known.has(email.toLowerCase());
    known.add(email.toLowerCase());
    return fresh;
  });
  return [...list, ...added];
}

/** How a person is written in a field: "Anna Nowak <anna@example.com>", or the address alone. */
export function writePerson({ name, email }: Person): string {
  return name ? `${/[,;<>"@]/.test(name) ? JSON.stringify(name) : name} <${email}>` : email;
}

function bareAddress(text: string): string | undefined {
  const address = text.replace(/^mailto:/i, '');
  return /^[^\s@<>()",;:]+@[^\s@<>()",;:]+$/.test(address) ? address : undefined;
}

/** A name without its quotation marks; "Nowak, Anna", as Outlook writes, is turned. */
function plainName(text: string): string {
  const name = text
    .trim()
    .replace(/^"(.*)"$/s, '$1')
    .replace(/\\(["\\])/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  const turned = /^([^,]+), ([^,]+)$/.exec(name);
  return turned ? `${turned[2]} ${turned[1]}` : name;
}

/** Divides a list where neither quotation marks nor angle brackets are open. */
function pieces(text: string): string[] {
  const list = divided(text, /[;\n\r\t]/);
  return list.flatMap((piece) => joined(divided(piece, /,/)));
}

function divided(text: string, at: RegExp): string[] {
  const list = [''];
  let quoted = false;
  let angled = false;
  let before = '';
  for (const letter of text) {
    if (letter === '"' && before !== '\\') quoted = !quoted;
    else if (letter === '<' || letter === '>') angled = letter === '<';
    if (!quoted && !angled && at.test(letter)) list.push('');
    else list[list.length - 1] += letter;
    before = letter;
  }
  return list.map((piece) => piece.trim()).filter((piece) => piece !== '');
}

/** Puts "Nowak" and "Anna <anna@…>" together again: a comma there belongs to the name. */
function joined(list: readonly string[]): string[] {
  const out: string[] = [];
  for (const piece of list) {
    const before = out.at(-1);
    const isRest = /^[^@<>"]+<[^<>]*@[^<>]*>$/.test(piece) && /^[\p{L}' -]+$/u.test(before ?? '');
    if (isRest && before !== undefined) out[out.length - 1] = `${before}, ${piece}`;
    else out.push(piece);
  }
  return out;
}

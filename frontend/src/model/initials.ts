/**
 * One or two capitals for a person: "Hanna Ćwik" gives "HĆ", a bare address its own parts
 * ("jan.kowalski@example.com" gives "JK"). Titles ("dr", "mec.") do not count while there is a name.
 */
export function initials(name: string, email = ''): string {
  const words = partsOf(name);
  const [first, ...rest] = words.length > 0 ? words : partsOf(email);
  return [first, rest.at(-1)].map(capital).join('');
}

function partsOf(text: string): string[] {
  // A surname of two parts is one word; in an address the hyphen divides.
  const isAddress = text.includes('@');
  const words = isAddress ? text.replace(/@.*$/s, '').split(/[._+-]+/) : text.split(/\s+/);
  const named = words.filter((word) => /^[("'„“]*[\p{L}\p{N}]/u.test(word));
  const untitled = named.filter((word) => isAddress || !/^(\p{L}+\.|dr|prof|mgr|inż)$/iu.test(word));
  return untitled.length > 0 ? untitled : named;
}

function capital(word: string | undefined): string {
  return /[\p{L}\p{N}]/u.exec(word ?? '')?.[0].toLocaleUpperCase() ?? '';
}

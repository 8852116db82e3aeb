import { describe, expect, it } from 'vitest';
import { initials } from './initials';
import { addPeople, readPeople, readPerson, writePerson } from './people';
import { dice } from './testdata/days';

describe('readPeople', () => {
  it.each([
    ['anna@example.com', [['', 'anna@example.com']]],
    ['Anna Nowak <anna@example.com>', [['Anna Nowak', 'anna@example.com']]],
    ['  "Nowak, Anna"  < anna@example.com > ', [['Anna Nowak', 'anna@example.com']]],
    ['Nowak, Anna <anna@example.com>', [['Anna Nowak', 'anna@example.com']]],
    ['"Anna \\"Ania\\" Nowak" <anna@example.com>', [['Anna "Ania" Nowak', 'anna@example.com']]],
    ['mailto:anna@example.com', [['', 'anna@example.com']]],
    ['zażółć@przykład.pl', [['', 'zażółć@przykład.pl']]],
  ])('reads %j', (text, wanted) => {
    expect(readPeople(text)).toEqual({ people: wanted.map(([name, email]) => ({ name, email })), rest: [] });
  });

  it('reads lists with commas, semicolons and lines', () => {
    const list = 'a@x.pl, Nowak, Anna <b@x.pl>; "C, D" <c@x.pl>\nJan Kot <d@x.pl>,\r\n,e@x.pl;';
    expect(readPeople(list)).toEqual({
      people: [
        { name: '', email: 'a@x.pl' },
        { name: 'Anna Nowak', email: 'b@x.pl' },
        { name: 'D C', email: 'c@x.pl' },
        { name: 'Jan Kot', email: 'd@x.pl' },
        { name: '', email: 'e@x.pl' },
      ],
      rest: [],
    });
  });

  it('keeps what is nobody yet', () => {
    expect(readPeople('Anna, b@x.pl, jan@').rest).toEqual(['Anna', 'jan@']);
    expect(readPeople('Anna, b@x.pl').people).toEqual([{ name: '', email: 'b@x.pl' }]);
    expect(readPeople(' \n,; ')).toEqual({ people: [], rest: [] });
  });

  it.each(['Anna', 'a@b@c', '<a@x.pl> b@x.pl', 'a b@x.pl', 'A <a@x.pl> <b@x.pl>', '@x.pl', ''])(
    'does not take %j for one person',
    (text) => {
      expect(readPerson(text)).toBeUndefined();
    },
  );

  it('never loses a letter of what it does not understand, nor an address', () => {
    const roll = dice(7);
    const bits = ['Anna', 'a@x.pl', '<', '>', '"', ',', ';', ' ', '\\', 'Ć', '\n', '<b@y.pl>', '@'];
    for (let round = 0; round < 2000; round++) {
      const text = Array.from({ length: 1 + roll(9) }, () => bits[roll(bits.length)]).join('');
      const { people, rest } = readPeople(text);
      const kept = people.map((p) => p.name + p.email).join('') + rest.join('');
      for (const word of ['Anna', 'x.pl', 'y.pl', 'Ć']) {
        expect(kept.split(word).length, `${word} in ${JSON.stringify(text)}`).toBe(text.split(word).length);
      }
    }
  });

  it('reads what it writes', () => {
    for (const name of ['', 'Anna Nowak', 'Nowak; Anna', 'Anna "Ania" <Nowak>', 'a@b']) {
      const person = { name, email: 'anna@example.com' };
      if (!/[<>]/.test(name)) expect(readPerson(writePerson(person)), name).toEqual(person);
    }
  });
});

describe('addPeople', () => {
  it('adds each address once, without case', () => {
    const anna = { name: 'Anna', email: 'Anna@x.pl' };
    const jan = { name: 'Jan', email: 'jan@x.pl' };
    expect(addPeople([anna], [{ name: '', email: 'anna@X.pl' }, jan, jan])).toEqual([anna, jan]);
  });
});

describe('initials', () => {
  it.each([
    ['Hanna Ćwik', '', 'HĆ'],
    ['Małgorzata Wiśniewska-Brzozowska', '', 'MW'],
    ['Jan Maria Rokita', '', 'JR'],
    ['mec. Anna Nowak', '', 'AN'],
    ['dr', '', 'D'],
    ['ola', '', 'O'],
    ['(Żaneta)', '', 'Ż'],
    ['', 'bartlomiej.chrzaszczewski@example.com', 'BC'],
    ['jan-kot@example.com', '', 'JK'],
    ['', 'anna@example.com', 'A'],
    ['李 小龙', '', '李小'],
    ['', '', ''],
    ['–', '@', ''],
  ])('of %j %j are %j', (name, email, wanted) => {
    expect(initials(name, email)).toBe(wanted);
  });
});

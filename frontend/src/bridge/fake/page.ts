import type { Backend, PageState } from '../backend';
import { Fault } from '../fault';
import type { World } from './world';

/** The booking page of a world: an address whose name begins with "far" is never reached, port 9999 is taken. */
export function page(world: World, changed: <T>(value: T) => T): Backend['page'] {
  const state = (): PageState => {
    const { on, port, public: open } = world.page;
    const url = on && port !== 9999 ? open || `http://127.0.0.1:${port}` : '';
    const known = open.includes('//far') ? 'unreachable' : 'reachable';
    return {
      form: world.page,
      state: !on ? 'off' : port === 9999 ? 'failed' : open ? known : 'here',
      url,
      askedAt: on && open ? world.now : '',
      ...(on && port === 9999
        ? {
            fault: {
              code: 'invalid-input',
              message: 'Strona nie może nasłuchiwać na 127.0.0.1:9999.',
              hint: '',
            },
          }
        : {}),
      topics: world.topics.map(({ slug, name, colour, on: live, listed }) => ({
        slug,
        name,
        colour,
        on: live,
        listed,
        url: url && `${url}/t/${slug}${listed ? '' : '.k3m9'}`,
      })),
    };
  };
  return {
    Status: async () => state(),
    Save: async (form) => {
      if (form.public && !/^https:\/\/[^/]+$/.test(form.public))
        throw new Fault('invalid-input', `„${form.public}” to nie jest adres dla gości.`);
      world.page = form;
      return changed(state());
    },
    Check: async () => state(),
    Open: async () => undefined,
  };
}

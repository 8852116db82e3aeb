import * as Answers from '../../wailsjs/go/desk/Answers';
import * as Bookings from '../../wailsjs/go/desk/Bookings';
import * as Calendars from '../../wailsjs/go/desk/Calendars';
import * as Changing from '../../wailsjs/go/desk/Changing';
import * as Mail from '../../wailsjs/go/desk/Mail';
import * as NewBooking from '../../wailsjs/go/desk/NewBooking';
import * as Page from '../../wailsjs/go/desk/Page';
import * as Schedules from '../../wailsjs/go/desk/Schedules';
import * as Settings from '../../wailsjs/go/desk/Settings';
import * as Shell from '../../wailsjs/go/desk/Shell';
import * as Topics from '../../wailsjs/go/desk/Topics';
import * as Video from '../../wailsjs/go/desk/Video';
import { EventsOn } from '../../wailsjs/runtime/runtime';
import type { Backend } from './backend';
import { Fault, faultOf } from './fault';

// Go bounds each call itself; this is for the case that it could not answer at all.
const longest = 130_000;

type Call = (...args: never[]) => Promise<unknown>;

/** Go behind the window that Wails opened. */
export function wails(): Backend {
  return {
    shell: guard(Shell),
    video: guard(Video),
    mail: guard(Mail),
    calendars: guard(Calendars),
    page: guard(Page),
    changing: guard(Changing),
    answers: guard(Answers),
    topics: guard(Topics),
    schedules: guard(Schedules),
    newBooking: guard(NewBooking),
    bookings: guard(Bookings),
    settings: guard(Settings),
    on: (event, hear) => EventsOn(event, hear),
  };
}

/** Makes every call of a struct reject with a Fault, and settle. */
export function guard<S extends object>(struct: S): S {
  const calls = Object.entries(struct).map(([name, call]) => [name, settled(call as Call)]);
  return Object.fromEntries(calls) as S;
}

function settled(call: Call): Call {
  return (...args) =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Fault('timeout')), longest);
      call(...args)
        .then(resolve, (thrown: unknown) => reject(faultOf(thrown)))
        .finally(() => clearTimeout(late));
    });
}

// Tells what ical.js reads in each page named on the command line: one line of
// JSON for each.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const person = (p) => ({
  cn: p.getParameter("cn") ?? "",
  mail: p.getFirstValue().replace(/^mailto:/i, ""),
});

const instant = (t) => {
  if (t.zone !== ICAL.Timezone.utcTimezone) throw new Error("not UTC: " + t);
  return t.toUnixTime();
};

const event = (e) => {
  const text = (name) => String(e.getFirstPropertyValue(name) ?? "");
  return {
    uid: text("uid"),
    summary: text("summary"),
    description: text("description"),
    location: text("location"),
    url: text("url"),
    status: text("status"),
    sequence: e.getFirstPropertyValue("sequence"),
    start: instant(e.getFirstPropertyValue("dtstart")),
    end: instant(e.getFirstPropertyValue("dtend")),
    organizer: e.getAllProperties("organizer").map(person),
    attendees: e.getAllProperties("attendee").map(person),
  };
};

for (const file of process.argv.slice(2)) {
  const cal = new ICAL.Component(ICAL.parse(readFileSync(file, "utf8")));
  console.log(JSON.stringify({
    file,
    method: cal.getFirstPropertyValue("method"),
    errors: 0,
    events: cal.getAllSubcomponents("vevent").map(event),
  }));
}

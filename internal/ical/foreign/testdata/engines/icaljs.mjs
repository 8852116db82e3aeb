// Tells what ical.js expands: icaljs.mjs FROM TO PAGE... (Unix seconds). One line
// "page uid start end" for each occurrence that blocks and meets the stretch. A
// rule on which ical.js never returns is told as "page uid loop loop".
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import vm from "node:vm";

const require = createRequire(new URL("../../../testdata/readers/package.json", import.meta.url));
const ICAL = (await import(pathToFileURL(require.resolve("ical.js")))).default;

const [from, to] = process.argv.slice(2, 4).map(Number);

const blocks = (e) =>
  e.getFirstPropertyValue("status") !== "CANCELLED" &&
  e.getFirstPropertyValue("transp") !== "TRANSPARENT" &&
  e.getFirstPropertyValue("x-microsoft-cdo-busystatus") !== "FREE";

const tell = (page, uid, item, start, end) => {
  const [s, e] = [start.toUnixTime(), end.toUnixTime()];
  if (blocks(item.component) && s < to && e > from && s < e) console.log(page, uid, s, e);
};

const expand = (page, event) => {
  if (!event.isRecurring()) {
    if (event.startDate) tell(page, event.uid, event, event.startDate, event.endDate);
    return;
  }
  const steps = event.iterator();
  for (let next = steps.next(); next && next.toUnixTime() < to + 40 * 86400; next = steps.next()) {
    if (next.toUnixTime() < from - 400 * 86400) continue;
    const o = event.getOccurrenceDetails(next);
    tell(page, event.uid, o.item, o.startDate, o.endDate);
  }
};

// bounded runs f, which may never return.
const bounded = (f) => {
  try {
    vm.runInNewContext("f()", { f }, { timeout: 1000 });
    return true;
  } catch (e) {
    // A rule that it refuses is told like one on which it hangs.
    if (e.code === "ERR_SCRIPT_EXECUTION_TIMEOUT" || /BYDAY|BYYEARDAY|BYWEEKNO|BYSETPOS/.test(e.message)) return false;
    throw e;
  }
};

for (const page of process.argv.slice(4)) {
  const cal = new ICAL.Component(ICAL.parse(readFileSync(page, "utf8")));
  ICAL.TimezoneService.reset();
  for (const z of cal.getAllSubcomponents("vtimezone")) ICAL.TimezoneService.register(new ICAL.Timezone(z), z.getFirstPropertyValue("tzid"));
  const all = cal.getAllSubcomponents("vevent");
  const of = (e) => String(e.getFirstPropertyValue("uid") ?? "-");
  const changes = all.filter((e) => e.hasProperty("recurrence-id"));
  const masters = all.filter((e) => !e.hasProperty("recurrence-id"));
  for (const m of masters) {
    const event = new ICAL.Event(m, { exceptions: changes.filter((c) => of(c) === of(m)) });
    if (!bounded(() => expand(page, event))) console.log(page, of(m), "loop", "loop");
  }
  for (const c of changes.filter((c) => !masters.some((m) => of(c) === of(m)))) {
    const e = new ICAL.Event(c);
    tell(page, of(c), e, e.startDate, e.endDate);
  }
}

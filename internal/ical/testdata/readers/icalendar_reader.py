"""Tells what python3-icalendar reads in each page named on the command line:
one line of JSON for each."""

import json
import sys

from icalendar import Calendar


def person(p):
    mail = str(p)
    if mail.lower().startswith("mailto:"):
        mail = mail[7:]
    return {"cn": str(p.params.get("CN", "")), "mail": mail}


def several(value):
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def event(e):
    return {
        "uid": str(e.get("UID", "")),
        "summary": str(e.get("SUMMARY", "")),
        "description": str(e.get("DESCRIPTION", "")),
        "location": str(e.get("LOCATION", "")),
        "url": str(e.get("URL", "")),
        "status": str(e.get("STATUS", "")),
        "sequence": int(e["SEQUENCE"]),
        "start": int(e.decoded("DTSTART").timestamp()),
        "end": int(e.decoded("DTEND").timestamp()),
        "organizer": [person(p) for p in several(e.get("ORGANIZER"))],
        "attendees": [person(p) for p in several(e.get("ATTENDEE"))],
    }


for name in sys.argv[1:]:
    with open(name, "rb") as f:
        cal = Calendar.from_ical(f.read())
    events = cal.walk("VEVENT")
    print(json.dumps({
        "file": name,
        "method": str(cal["METHOD"]),
        "errors": len(cal.errors) + sum(len(e.errors) for e in events),
        "events": [event(e) for e in events],
    }))

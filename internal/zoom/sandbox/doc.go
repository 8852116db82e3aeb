// Package sandbox is a look-alike of Zoom for tests, for the demo and for
// trying the program out: sign-in, tokens, users, meetings, limits and faults.
//
// It is built from the fact sheet (paragraphs are named as §…), not from our
// client, which it never imports: what Zoom refuses it refuses, and it watches
// whether its client keeps to the rules of §12.7 (Broken). A behaviour without
// a source is called "assumed" in the code and stands in
// docs/zoom-assumptions.md.
//
// Tests start it with Start and steer it by its methods. As a process it is
// steered over HTTP on 127.0.0.1, after Control(true). GET answers JSON:
//
//	/control/broken               the rules that were broken, in words
//	/control/journal?since=SEQ    the requests, as Entry
//	/control/meetings?all=1       the meetings, as MeetingView; all: deleted ones too
//	/control/knobs, /user, /now   as Knobs, User, {"now"}
//	/control/marketplace-add      {"location"}: where Add in the Marketplace leads
//
// POST takes JSON (names in any case) and answers JSON, {"ok":true} where there
// is nothing to say:
//
//	/control/fail                 {"match":"POST /users/{userId}/meetings","fault":"reset-after","n":1,"delay":"2s","status":503}
//	/control/advance              {"by":"1h30m"}
//	/control/consent              {"consent":"allow|decline|ask|leave|wrong-account|not-admin|pre-approval|unpublished|marketplace-add"}
//	/control/presentation         {"presentation":"parent-only|per-occurrence|duplicates"}
//	/control/meeting              a NewMeeting, {"topic","type","start","duration":"30m","zone","rule":{…},…}; answers {"id"}
//	/control/delete-meeting       {"id":…,"occurrence_id":"…"}
//	/control/user                 {"name","email","zone","type"}, what is not named stays
//	/control/plan                 {"plan":"free|pro|business"}
//	/control/scopes               {"scopes":["user:read:user",…]}
//	/control/knobs                the Knobs to change; durations in nanoseconds
//
// and without a body: exhaust-daily, remove-app, authorize-elsewhere,
// disable-app, enable-app, expire-access, remove-user, release, stop-failing,
// client-killed, forgive, clear-journal, each as the method of that name.
//
// The names of the faults are those of the variables ErrorBefore and following:
// error-before, error-after, reset-before, reset-after, truncated, html,
// html-ok, xml, unescaped, qps, daily, held, held-after, slow, delayed.
package sandbox

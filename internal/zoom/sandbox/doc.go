// Package sandbox is a look-alike of Zoom for tests, for the demo and for
// trying the program out: sign-in, tokens, users, meetings, limits and faults.
//
// It is built from the fact sheet (paragraphs are named as §…), not from our
// client, which it never imports: what Zoom refuses it refuses, and it watches
// whether its client keeps to the rules of §12.7 (Broken). A behaviour without
// a source is called "assumed" in the code and stands in
// docs/zoom-assumptions.md.
package sandbox

// Package sqlite keeps everything the program knows in one SQLite file.
//
// One writer connection and a pool of readers; WAL, synchronous=FULL, so that
// what was acknowledged is on the disk (SQLite, "PRAGMA synchronous"). Pragmas
// stand in the DSN, since set by Exec they would reach one pooled connection only.
// Secrets are sealed by the Sealer before they get here. Times are Unix
// milliseconds in UTC.
package sqlite

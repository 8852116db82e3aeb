// Package e2e drives the window as it ships, in the engine that it ships with:
// WebKitWebDriver steers the very binary that make build made, under Xvfb. Its
// tests carry the build tag e2e, since they need a display and that binary; a
// plain go test ./... passes by.
package e2e

// Package house ties all rooms together.
package house

// Package kwadrans holds the words of the program: what a topic, a schedule, a
// booking, an attendee, a connection, a conflict and an error are, and the rules
// that follow from a word alone. Everyone may know the words; the words know
// nobody, so this package imports the standard library only.
package kwadrans

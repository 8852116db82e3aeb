//go:build !race

package house_test

const raceDetector = false

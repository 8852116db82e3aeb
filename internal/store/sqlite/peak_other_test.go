//go:build !linux

package sqlite

import "os"

func peak(*os.ProcessState) float64 { return 0 }

func datasync(f *os.File) error { return f.Sync() }

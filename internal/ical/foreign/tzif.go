package foreign

import (
	"encoding/binary"
	"time"
)

// located makes a location out of changes, ascending, by writing them down as a
// compiled zone (RFC 8536), the only form in which the standard library takes one.
func located(list []onset) *time.Location {
	types, at := []int{list[0].from}, map[int]byte{list[0].from: 0}
	var times []int64
	var kinds []byte
	for _, o := range list {
		kind, ok := at[o.to]
		if !ok {
			if len(types) == 256 {
				return nil
			}
			kind = byte(len(types))
			types, at[o.to] = append(types, o.to), kind
		}
		if n := len(times); n > 0 && times[n-1] == o.at.Unix() {
			kinds[n-1] = kind
			continue
		}
		times, kinds = append(times, o.at.Unix()), append(kinds, kind)
	}
	var out []byte
	// The library skips the first part, which has times of 32 bits.
	out = header(out, 0, 1)
	out = append(out, 0, 0, 0, 0, 0, 0, 0)
	out = header(out, len(times), len(types))
	for _, t := range times {
		out = binary.BigEndian.AppendUint64(out, uint64(t))
	}
	out = append(out, kinds...)
	for _, seconds := range types {
		out = binary.BigEndian.AppendUint32(out, uint32(int32(seconds)))
		out = append(out, 0, 0)
	}
	out = append(out, 0, '\n', '\n')
	loc, err := time.LoadLocationFromTZData("", out)
	if err != nil {
		return nil
	}
	return loc
}

// header writes the counts of a part that has one empty name.
func header(out []byte, times, types int) []byte {
	out = append(out, "TZif2\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000"...)
	for _, n := range []int{0, 0, 0, times, types, 1} {
		out = binary.BigEndian.AppendUint32(out, uint32(n))
	}
	return out
}

package sqlite

import (
	"cmp"
	"encoding/binary"
	"hash/crc32"
	"slices"
	"time"

	"kwadrans/internal/kwadrans"
)

// A packed copy is two blobs, since a row for each instance would cost far more to
// read: the times tell when a source is taken, the items by what. All numbers are
// varints (encoding/binary), those that may be negative in zigzag form. Each blob
// begins with its version, one byte, and the CRC-32C of what follows, four bytes, big
// endian. Then, of the times:
//
//	span       start and end: seconds of Unix time, nanoseconds
//	unknown    their number, then of each: start and length in seconds
//	instances  their number and the unit of what follows in seconds; when there are any,
//	           the start of the first, the size of the column of starts, the units
//	           since the start before of each, the length of each
//
// and of the items:
//
//	texts      their number, the length of each, then all of them in one piece
//	items      their number, then the texts of the UID and of the summary of each
//	instances  of each: its item times four + 1 all day + 2 in doubt
//	unknown    of each: when that was tried, the texts of source, code, words
//
// Stretches that do not end on a second are rounded outwards.
const packedVersion = 1

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// packer writes a blob.
type packer struct {
	b     []byte
	texts map[string]uint64
	order []string
}

func (p *packer) put(v uint64)   { p.b = binary.AppendUvarint(p.b, v) }
func (p *packer) putInt(v int64) { p.b = binary.AppendVarint(p.b, v) }

// text returns the number of a text.
func (p *packer) text(s string) uint64 {
	n, ok := p.texts[s]
	if !ok {
		n = uint64(len(p.order))
		p.texts[s], p.order = n, append(p.order, s)
	}
	return n
}

// pack writes a copy.
func pack(c kwadrans.Copy) (times, items []byte) {
	list := c.Instances
	earlier := func(a, b kwadrans.Instance) int { return cmp.Compare(a.Start.Unix(), b.Start.Unix()) }
	if !slices.IsSortedFunc(list, earlier) {
		list = slices.Clone(list)
		slices.SortStableFunc(list, earlier)
	}
	p := &packer{b: make([]byte, 5, 64+4*len(list))}
	for _, t := range []time.Time{c.Start, c.End} {
		p.putInt(t.Unix())
		p.put(uint64(t.Nanosecond()))
	}
	p.put(uint64(len(c.Unknown)))
	for _, u := range c.Unknown {
		p.putInt(u.Start.Unix())
		p.put(uint64(lengthOf(u.Span)))
	}
	p.instances(list)
	return p.close(), packItems(list, c.Unknown)
}

// close writes the head into the five bytes that were left for it.
func (p *packer) close() []byte {
	p.b[0] = packedVersion
	binary.BigEndian.PutUint32(p.b[1:], crc32.Checksum(p.b[5:], castagnoli))
	return p.b
}

// instances writes when they are.
func (p *packer) instances(list []kwadrans.Instance) {
	unit := unitOf(list)
	p.put(uint64(len(list)))
	p.putInt(unit)
	if len(list) == 0 {
		return
	}
	var starts []byte
	first := list[0].Start.Unix() / unit
	before := first
	for _, in := range list {
		start := in.Start.Unix() / unit
		starts, before = binary.AppendUvarint(starts, uint64(start-before)), start
	}
	p.putInt(first)
	p.put(uint64(len(starts)))
	p.b = append(p.b, starts...)
	for _, in := range list {
		p.put(uint64(lengthOf(in.Span) / unit))
	}
}

// packItems writes what the instances and the unknown stretches are.
func packItems(list []kwadrans.Instance, unknown []kwadrans.Unknown) []byte {
	p := &packer{texts: map[string]uint64{}}
	number := map[item]uint64{}
	for _, in := range list {
		it := item{in.UID, in.Summary}
		if _, ok := number[it]; !ok {
			number[it] = uint64(len(number))
			p.put(p.text(it.uid))
			p.put(p.text(it.summary))
		}
	}
	p.b = append(binary.AppendUvarint(nil, uint64(len(number))), p.b...)
	for _, in := range list {
		p.put(number[item{in.UID, in.Summary}]<<2 | flag(in.AllDay, 1) | flag(in.Doubt, 2))
	}
	for _, u := range unknown {
		p.putInt(u.CheckedAt.Unix())
		for _, s := range []string{u.Source, string(u.Code), u.Words} {
			p.put(p.text(s))
		}
	}
	head := &packer{b: make([]byte, 5)}
	head.put(uint64(len(p.order)))
	for _, s := range p.order {
		head.put(uint64(len(s)))
	}
	for _, s := range p.order {
		head.b = append(head.b, s...)
	}
	head.b = append(head.b, p.b...)
	return head.close()
}

// unitOf returns a minute when every instance begins and ends on one, else a second.
func unitOf(list []kwadrans.Instance) int64 {
	for _, in := range list {
		if in.Start.Unix()%60 != 0 || lengthOf(in.Span)%60 != 0 {
			return 1
		}
	}
	return 60
}

// lengthOf returns the seconds from the one in which a stretch begins (Unix rounds
// towards the past) to the end of the one in which it ends.
func lengthOf(s kwadrans.Span) int64 {
	end := s.End.Unix()
	if s.End.Nanosecond() > 0 {
		end++
	}
	return max(end-s.Start.Unix(), 0)
}

func flag(set bool, v uint64) uint64 {
	if set {
		return v
	}
	return 0
}

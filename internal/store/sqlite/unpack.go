package sqlite

import (
	"encoding/binary"
	"hash/crc32"
	"time"

	"kwadrans/internal/kwadrans"
)

// beyond is further than any year that a calendar can name, in seconds.
const beyond = 1 << 39

// unpacker reads a blob that may be damaged: what is not there or not possible
// makes it bad, and from then on it reads zeros.
type unpacker struct {
	b     []byte
	bad   bool
	texts []string
}

// unseal checks the head of a blob.
func unseal(packed []byte) *unpacker {
	if len(packed) < 5 || packed[0] != packedVersion || binary.BigEndian.Uint32(packed[1:]) != crc32.Checksum(packed[5:], castagnoli) {
		return &unpacker{bad: true}
	}
	return &unpacker{b: packed[5:]}
}

// whole says whether all was read and nothing was impossible.
func (u *unpacker) whole() bool { return !u.bad && len(u.b) == 0 }

func (u *unpacker) spoil() uint64 {
	u.bad, u.b = true, nil
	return 0
}

func (u *unpacker) next() uint64 {
	if len(u.b) > 0 && u.b[0] < 0x80 {
		v := u.b[0]
		u.b = u.b[1:]
		return uint64(v)
	}
	return u.long()
}

func (u *unpacker) long() uint64 {
	v, n := binary.Uvarint(u.b)
	if n <= 0 {
		return u.spoil()
	}
	u.b = u.b[n:]
	return v
}

// seconds reads a number that is possible as a time.
func (u *unpacker) seconds() int64 {
	v := u.next()
	n := int64(v>>1) ^ -int64(v&1)
	if n < -beyond || n > beyond {
		return int64(u.spoil())
	}
	return n
}

// length reads a number that is possible as a length.
func (u *unpacker) length() int64 {
	n := u.next()
	if n > 2*beyond {
		n = u.spoil()
	}
	return int64(n)
}

// count reads how many things of at least size bytes follow.
func (u *unpacker) count(size int) int {
	n := u.next()
	if n > uint64(len(u.b)/size) {
		n = u.spoil()
	}
	return int(n)
}

func (u *unpacker) instant() time.Time {
	sec, nano := u.seconds(), u.next()
	if nano >= uint64(time.Second) {
		nano = u.spoil()
	}
	return time.Unix(sec, int64(nano)).UTC()
}

// Span returns the stretch as others know it, in UTC.
func (s Stretch) Span() kwadrans.Span {
	return kwadrans.Span{Start: time.Unix(s.Start, 0).UTC(), End: time.Unix(s.End, 0).UTC()}
}

// when reads when a source is taken, into the slices of before; no for a blob that
// is damaged or of another version.
func (t *Taken) when(times []byte) (ok bool) {
	u := unseal(times)
	t.Known, t.Busy, t.Unknown = kwadrans.Span{Start: u.instant(), End: u.instant()}, t.Busy[:0], t.Unknown[:0]
	for range u.count(2) {
		start := u.seconds()
		t.Unknown = append(t.Unknown, Stretch{start, start + u.length()})
	}
	n, unit := u.count(2), u.seconds()
	switch {
	case unit != 1 && unit != 60:
		u.spoil()
	case n > 0:
		t.Busy = u.spans(t.Busy, n, unit)
	}
	if !u.whole() {
		t.Known, t.Busy, t.Unknown = kwadrans.Span{}, t.Busy[:0], t.Unknown[:0]
	}
	return u.whole()
}

// spans reads the two columns side by side.
func (u *unpacker) spans(list []Stretch, n int, unit int64) []Stretch {
	if cap(list) < n {
		list = make([]Stretch, 0, n)
	}
	at, size := u.seconds(), u.count(1)
	starts, lengths := u.b[:size], u.b[size:]
	for range n {
		v, i := binary.Uvarint(starts)
		length, j := binary.Uvarint(lengths)
		if at += int64(v); i <= 0 || j <= 0 || v > 2*beyond || length > beyond || at > beyond {
			u.spoil()
			return list[:0]
		}
		starts, lengths = starts[i:], lengths[j:]
		list = append(list, Stretch{at * unit, (at + int64(length)) * unit})
	}
	if len(starts) > 0 {
		u.spoil()
	}
	u.b = lengths
	return list
}

// unpack reads a copy; no for one that is damaged or of another version.
func unpack(times, items []byte) (c kwadrans.Copy, ok bool) {
	var t Taken
	if !t.when(times) {
		return c, false
	}
	u := unseal(items)
	u.readTexts()
	kinds := make([]item, u.count(2))
	for i := range kinds {
		kinds[i] = item{u.text(), u.text()}
	}
	c = kwadrans.Copy{Span: t.Known, Instances: u.instances(kinds, t.Busy), Unknown: u.unknown(t.Unknown)}
	if !u.whole() {
		return kwadrans.Copy{}, false
	}
	return c, true
}

func (u *unpacker) instances(kinds []item, busy []Stretch) []kwadrans.Instance {
	if u.bad || len(busy) == 0 {
		return nil
	}
	list := make([]kwadrans.Instance, len(busy))
	for i := range list {
		n := u.next()
		if n>>2 >= uint64(len(kinds)) {
			u.spoil()
			return nil
		}
		in, what := &list[i], &kinds[n>>2]
		in.UID, in.Summary, in.Span, in.AllDay, in.Doubt = what.uid, what.summary, busy[i].Span(), n&1 != 0, n&2 != 0
	}
	return list
}

func (u *unpacker) unknown(spans []Stretch) (list []kwadrans.Unknown) {
	for _, s := range spans {
		v := kwadrans.Unknown{Span: s.Span(), CheckedAt: time.Unix(u.seconds(), 0).UTC()}
		v.Source, v.Code, v.Words = u.text(), kwadrans.Code(u.text()), u.text()
		list = append(list, v)
	}
	return list
}

// item is what the instances of one event have in common.
type item struct{ uid, summary string }

func (u *unpacker) text() string {
	if n := u.next(); n < uint64(len(u.texts)) {
		return u.texts[n]
	}
	u.spoil()
	return ""
}

func (u *unpacker) readTexts() {
	n := u.count(1)
	lengths, sum := make([]int, n), 0
	for i := range lengths {
		lengths[i] = u.count(1)
		sum += lengths[i]
	}
	if sum > len(u.b) {
		u.spoil()
		return
	}
	all := string(u.b[:sum])
	u.b = u.b[sum:]
	u.texts = make([]string, n)
	for i, length := range lengths {
		u.texts[i], all = all[:length], all[length:]
	}
}

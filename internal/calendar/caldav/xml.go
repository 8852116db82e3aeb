package caldav

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
)

const (
	nsDAV    = "DAV:"
	nsCalDAV = "urn:ietf:params:xml:ns:caldav"
)

// multistatus is the answer to PROPFIND and REPORT (RFC 4918 §14.16).
type multistatus struct {
	XMLName   xml.Name   `xml:"DAV: multistatus"`
	Responses []response `xml:"DAV: response"`
	Token     string     `xml:"DAV: sync-token"`
}

type response struct {
	Href   string     `xml:"DAV: href"`
	Status string     `xml:"DAV: status"`
	Stats  []propstat `xml:"DAV: propstat"`
	Error  condition  `xml:"DAV: error"`
	Words  string     `xml:"DAV: responsedescription"`
}

type propstat struct {
	Status string `xml:"DAV: status"`
	Prop   prop   `xml:"DAV: prop"`
}

type prop struct {
	Type       names      `xml:"DAV: resourcetype"`
	Name       string     `xml:"DAV: displayname"`
	ETag       string     `xml:"DAV: getetag"`
	Token      string     `xml:"DAV: sync-token"`
	Principal  hrefs      `xml:"DAV: current-user-principal"`
	Privileges *privilege `xml:"DAV: current-user-privilege-set"`
	Reports    []names    `xml:"DAV: supported-report-set>supported-report>report"`
	Homes      hrefs      `xml:"urn:ietf:params:xml:ns:caldav calendar-home-set"`
	Components []struct {
		Name string `xml:"name,attr"`
	} `xml:"urn:ietf:params:xml:ns:caldav supported-calendar-component-set>comp"`
	Data   *data  `xml:"urn:ietf:params:xml:ns:caldav calendar-data"`
	CTag   string `xml:"http://calendarserver.org/ns/ getctag"`
	Colour string `xml:"http://apple.com/ns/ical/ calendar-color"`
}

type hrefs struct {
	List []string  `xml:"DAV: href"`
	Anon *struct{} `xml:"DAV: unauthenticated"`
}

type privilege struct {
	List []names `xml:"DAV: privilege"`
}

type data struct {
	Text []byte `xml:",chardata"`
}

// names are the names of the elements in an element.
type names struct {
	List []struct {
		XMLName xml.Name
	} `xml:",any"`
}

func (n names) has(space, local string) bool {
	for _, e := range n.List {
		if e.XMLName.Space == space && e.XMLName.Local == local {
			return true
		}
	}
	return false
}

// condition is a DAV:error element (RFC 4918 §16): what was not fulfilled.
type condition struct {
	XMLName  xml.Name `xml:"DAV: error"`
	Conflict *hrefs   `xml:"urn:ietf:params:xml:ns:caldav no-uid-conflict"`
	Message  string   `xml:"http://sabredav.org/ns message"`
}

// found returns the properties that the resource has; what a server gives in
// several parts is taken from the first that has it.
func (r response) found() (p prop, ok bool) {
	for _, s := range r.Stats {
		if code := statusCode(s.Status); code == 0 || code/100 == 2 {
			return s.Prop, true
		}
	}
	return prop{}, false
}

// status is that of the whole resource; 0 where it is told by property.
func (r response) status() int { return statusCode(r.Status) }

// failed is the first status that is no success, of the resource or of a property.
func (r response) failed() int {
	for _, line := range append([]string{r.Status}, statuses(r.Stats)...) {
		if code := statusCode(line); code >= 300 {
			return code
		}
	}
	return 0
}

func statuses(list []propstat) (lines []string) {
	for _, s := range list {
		lines = append(lines, s.Status)
	}
	return lines
}

// statusCode reads "HTTP/1.1 200 OK"; 0 for anything else.
func statusCode(line string) int {
	fields := strings.Fields(line)
	if len(fields) < 2 {
		return 0
	}
	n, _ := strconv.Atoi(fields[1])
	return n
}

// guard lets through what a CalDAV answer may have: no document type, hence no
// entities, and neither depth nor numbers without end.
type guard struct {
	*xml.Decoder
	depth, elements, responses int
}

var (
	errDocType = errors.New("a document type in the answer")
	errNested  = errors.New("the answer is nested too deep")
	errMany    = errors.New("the answer has too many parts")
)

func (g *guard) Token() (xml.Token, error) {
	t, err := g.RawToken()
	switch t := t.(type) {
	case xml.Directive:
		return nil, errDocType
	case xml.StartElement:
		g.depth++
		g.elements++
		if t.Name.Local == "response" {
			g.responses++
		}
	case xml.EndElement:
		g.depth--
	}
	if g.depth > 32 {
		return nil, errNested
	}
	if g.responses > maxObjects+1 || g.elements > 40*maxObjects {
		return nil, errMany
	}
	return t, err
}

// decode reads one XML document whose root is that of out.
func decode(body []byte, out any) error {
	if len(bytes.TrimSpace(body)) == 0 {
		return io.ErrUnexpectedEOF
	}
	return xml.NewTokenDecoder(&guard{Decoder: xml.NewDecoder(bytes.NewReader(body))}).Decode(out)
}

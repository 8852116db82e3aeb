package house

import (
	"go/ast"
	"go/constant"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// said is a sentence in the code that people may read.
type said struct {
	text string // without the room that logs begin with
	at   string
	kept bool // words of a fault: a step or a pause keeps them without their arguments
	args int  // -1 when not known
}

// scan collects the sentences of one package and what it could not read.
type scan struct {
	fset    *token.FileSet
	consts  map[string]string
	helpers map[string]helper
	found   []said
	unread  []string
}

// helper is a function that passes its parameter "format" on to Errorf.
type helper struct {
	prefix string
	index  int
}

// sentencesOf reads packages, given as the texts of their files by path.
func sentencesOf(t *testing.T, files map[string]string) (found []said, unread []string) {
	t.Helper()
	scans, parsed := map[string]*scan{}, map[string][]*ast.File{}
	for path, text := range files {
		dir := filepath.Dir(path)
		if scans[dir] == nil {
			scans[dir] = &scan{fset: token.NewFileSet(), consts: map[string]string{}, helpers: map[string]helper{}}
		}
		f, err := parser.ParseFile(scans[dir].fset, path, text, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		parsed[dir] = append(parsed[dir], f)
	}
	for dir, s := range scans {
		for _, look := range []func(ast.Node) bool{s.constant, s.helper, s.sentence} {
			for _, f := range parsed[dir] {
				ast.Inspect(f, look)
			}
		}
		found, unread = append(found, s.found...), append(unread, s.unread...)
	}
	return found, unread
}

// constant notes string constants; those named said… are words of faults.
func (s *scan) constant(n ast.Node) bool {
	d, ok := n.(*ast.ValueSpec)
	if !ok {
		return true
	}
	for i, name := range d.Names {
		if i >= len(d.Values) {
			break
		}
		text, ok := s.text(d.Values[i], false)
		if !ok {
			continue
		}
		s.consts[name.Name] = text
		if strings.HasPrefix(name.Name, "said") {
			if strings.HasSuffix(text, " ") { // what follows is added where it is used
				text += "%s"
			}
			s.found = append(s.found, said{text, s.where(n), true, -1})
		}
	}
	return true
}

// helper notes functions that pass a format on, with what they put before it.
func (s *scan) helper(n ast.Node) bool {
	var name string
	var kind *ast.FuncType
	var body *ast.BlockStmt
	switch n := n.(type) {
	case *ast.FuncDecl:
		name, kind, body = n.Name.Name, n.Type, n.Body
	case *ast.AssignStmt:
		f, isFunc := n.Rhs[0].(*ast.FuncLit)
		id, isName := n.Lhs[0].(*ast.Ident)
		if !isFunc || !isName {
			return true
		}
		name, kind, body = id.Name, f.Type, f.Body
	}
	if body == nil || position(kind) < 0 || name == "Errorf" {
		return true
	}
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && isErrorf(call) {
			if prefix, passes := s.passed(call.Args[1]); passes {
				s.helpers[name] = helper{prefix, position(kind)}
			}
		}
		return true
	})
	return true
}

// position returns where the parameter "format" stands; -1 for nowhere.
func position(f *ast.FuncType) int {
	i := 0
	for _, field := range f.Params.List {
		for _, name := range field.Names {
			if name.Name == "format" {
				return i
			}
			i++
		}
	}
	return -1
}

// passed says whether an expression is the parameter "format", and what stands before it.
func (s *scan) passed(e ast.Expr) (prefix string, ok bool) {
	if sum, isSum := e.(*ast.BinaryExpr); isSum {
		prefix, ok = s.text(sum.X, false)
		e = sum.Y
		if !ok {
			return "", false
		}
	}
	id, isName := e.(*ast.Ident)
	return prefix, isName && id.Name == "format"
}

// sentence notes what is given to Errorf, WithHint, Say and the helpers, and the
// words of faults.
func (s *scan) sentence(n ast.Node) bool {
	switch n := n.(type) {
	case *ast.CallExpr:
		s.call(n)
	case *ast.KeyValueExpr:
		if id, ok := n.Key.(*ast.Ident); ok && id.Name == "Words" {
			s.words(n.Value)
		}
	case *ast.AssignStmt:
		if sel, ok := n.Lhs[0].(*ast.SelectorExpr); ok && len(n.Lhs) == 1 && sel.Sel.Name == "Words" {
			s.words(n.Rhs[0])
		}
	}
	return true
}

func (s *scan) call(n *ast.CallExpr) {
	at, prefix := -1, ""
	name := called(n)
	switch h, helps := s.helpers[name]; {
	case isErrorf(n):
		at = 1
	case name == "WithHint", name == "Say":
		at = 0
	case helps:
		at, prefix = h.index, h.prefix
	}
	if at < 0 || at >= len(n.Args) {
		return
	}
	format := n.Args[at]
	if _, passes := s.passed(format); passes {
		return
	}
	text, ok := s.text(format, false)
	if !ok {
		s.unread = append(s.unread, s.where(n))
		return
	}
	text = withoutRoom(prefix + text)
	args := len(n.Args) - at - 1
	if h := s.helpers[name]; n.Ellipsis.IsValid() || h.index > 0 { // its other arguments stand anywhere
		args = -1
	}
	s.found = append(s.found, said{text, s.where(n), false, args})
}

// words notes the words of a fault that are ours; what is no literal is of the outside.
func (s *scan) words(e ast.Expr) {
	if text, ok := s.text(e, true); ok && strings.Trim(text, "%s") != "" {
		s.found = append(s.found, said{text, s.where(e), true, -1})
	}
}

// text reads literals, constants and their sums; with gaps, what is neither becomes %s.
func (s *scan) text(e ast.Expr, gaps bool) (string, bool) {
	switch e := e.(type) {
	case *ast.BasicLit:
		if e.Kind == token.STRING {
			return constant.StringVal(constant.MakeFromLiteral(e.Value, token.STRING, 0)), true
		}
	case *ast.Ident:
		text, ok := s.consts[e.Name]
		if ok {
			return text, true
		}
	case *ast.BinaryExpr:
		a, okA := s.text(e.X, gaps)
		b, okB := s.text(e.Y, gaps)
		return a + b, okA && okB
	}
	return "%s", gaps
}

func (s *scan) where(n ast.Node) string {
	p := s.fset.Position(n.Pos())
	return filepath.ToSlash(p.Filename) + ":" + strconv.Itoa(p.Line)
}

// isErrorf tells the one of kwadrans from the one of fmt.
func isErrorf(n *ast.CallExpr) bool {
	sel, ok := n.Fun.(*ast.SelectorExpr)
	if !ok {
		return called(n) == "Errorf"
	}
	id, ok := sel.X.(*ast.Ident)
	return ok && id.Name == "kwadrans" && sel.Sel.Name == "Errorf"
}

func called(n *ast.CallExpr) string {
	switch f := n.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// sources reads the Go files of the module without those of the tests.
func sources(t *testing.T, root fs.FS) map[string]string {
	t.Helper()
	files := map[string]string{}
	for _, dir := range []string{"app", "internal"} {
		err := fs.WalkDir(root, dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return err
			}
			aside := strings.Contains(path, "/sandbox") || strings.Contains(path, "/catcher/") || strings.Contains(path, "/storetest/") || strings.Contains(path, "/slotbench/")
			if d.IsDir() || aside || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			text, err := fs.ReadFile(root, path)
			files[path] = string(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

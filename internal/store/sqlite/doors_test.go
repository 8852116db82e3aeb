package sqlite

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// offences are the places of a source file that open a data file past this
// room. Closing any descriptor of the file drops the locks that SQLite holds on
// it in the same process (SQLite, "How To Corrupt", 2.2).
func offences(name string, src any) (found []string, err error) {
	set := token.NewFileSet()
	f, err := parser.ParseFile(set, name, src, 0)
	if err != nil {
		return nil, err
	}
	tell := func(n ast.Node, what string) {
		found = append(found, fmt.Sprint(set.Position(n.Pos()), ": ", what))
	}
	ast.Inspect(f, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.ImportSpec:
			if path, _ := strconv.Unquote(n.Path.Value); path == "database/sql" || strings.HasPrefix(path, "modernc.org/sqlite") {
				tell(n, path)
			}
			return false
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && x.Name == "sqlite" && n.Sel.Name == "FileName" {
				tell(n, "sqlite.FileName")
			}
		case *ast.BasicLit:
			if text, err := strconv.Unquote(n.Value); err == nil && n.Kind == token.STRING && strings.HasSuffix(text, ".db") {
				tell(n, text)
			}
		}
		return true
	})
	return found, nil
}

// Nobody but this room opens the data file.
func TestNobodyElseOpensTheFile(t *testing.T) {
	files := 0
	err := filepath.WalkDir("../../..", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == ".git" || path == filepath.Join("..", "..", "store")):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") || strings.Contains(path, filepath.Join("internal", "store")):
			return nil
		}
		files++
		found, err := offences(path, nil)
		for _, place := range found {
			t.Error(place)
		}
		return err
	})
	if err != nil || files < 20 {
		t.Errorf("%d files, %v", files, err)
	}
}

// The control: each way past this room is seen.
func TestNobodyElseOpensTheFileFindsMutants(t *testing.T) {
	for _, src := range []string{
		`package a; import "database/sql"; var _ sql.DB`,
		`package a; import _ "modernc.org/sqlite"`,
		`package a; import "os"; var _, _ = os.Open("data/kwadrans.db")`,
		`package a; import ("os"; "kwadrans/internal/store/sqlite"); var _, _ = os.Stat(sqlite.FileName)`,
	} {
		if found, err := offences("a.go", src); len(found) == 0 || err != nil {
			t.Errorf("%s: %v %v", src, found, err)
		}
	}
	if found, err := offences("a.go", `package a; var x = "a.dbx"`); len(found) != 0 || err != nil {
		t.Error(found, err)
	}
}

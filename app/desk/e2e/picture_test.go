//go:build e2e

package e2e

import (
	"encoding/binary"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
)

// picture grabs the screen as it is: the pixels of the X server, in the form
// XWD (X11/XWDFile.h), big-endian header, four bytes a pixel.
func picture() (image.Image, error) {
	b, err := os.ReadFile(filepath.Join(stage.dir, "Xvfb_screen0"))
	if err != nil {
		return nil, err
	}
	if len(b) < 100 {
		return nil, fmt.Errorf("the screen has %d bytes", len(b))
	}
	field := func(i int) int { return int(binary.BigEndian.Uint32(b[4*i:])) }
	width, height, perLine, colours := field(4), field(5), field(12), field(19)
	pixels := b[field(0)+12*colours:]
	if field(11) != 32 || len(pixels) < perLine*height {
		return nil, fmt.Errorf("the screen has %d bits a pixel and %d bytes", field(11), len(pixels))
	}
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			p, q := pixels[y*perLine+4*x:], img.Pix[y*img.Stride+4*x:]
			q[0], q[1], q[2], q[3] = p[2], p[1], p[0], 255
		}
	}
	return img, nil
}

// save writes the screen as a picture.
func save(path string) error {
	img, err := picture()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := png.Encode(f, img); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}

package browser

import (
	"bytes"
	"cmp"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/chromedp/chromedp"
)

// heaviest is what a picture of the README may weigh: it is loaded by everybody who looks in.
const heaviest = 150 << 10

// picture writes a PNG for the README, where one was asked for.
func (b *tab) picture(name string) {
	b.t.Helper()
	dir := os.Getenv("TIDINGS_PICTURES")
	if dir == "" {
		return
	}
	var raw []byte
	b.do("take the picture "+name, chromedp.CaptureScreenshot(&raw))
	picture, err := png.Decode(bytes.NewReader(raw))
	if err != nil {
		b.t.Fatal(err)
	}
	var packed bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&packed, fewColours(picture)); err != nil {
		b.t.Fatal(err)
	}
	if packed.Len() > heaviest {
		b.t.Errorf("%s has %d bytes, more than %d", name, packed.Len(), heaviest)
	}
	if err := os.WriteFile(filepath.Join(dir, name), packed.Bytes(), 0o644); err != nil {
		b.t.Error(err)
	}
}

// fewColours keeps the 256 most frequent colours of a picture and takes the nearest one for the rest,
// which on a page of text are shades at the edges of letters.
func fewColours(from image.Image) *image.Paletted {
	bounds := from.Bounds()
	plain := image.NewRGBA(bounds)
	draw.Draw(plain, bounds, from, bounds.Min, draw.Src)
	seen := make(map[color.RGBA]int)
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			seen[plain.RGBAAt(x, y)]++
		}
	}
	byCount := slices.SortedFunc(maps.Keys(seen), func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(seen[b], seen[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
	palette := make(color.Palette, 0, 256)
	for _, c := range byCount[:min(256, len(byCount))] {
		palette = append(palette, c)
	}
	nearest := make(map[color.RGBA]uint8, len(seen))
	for c := range seen {
		nearest[c] = uint8(palette.Index(c))
	}
	out := image.NewPaletted(bounds, palette)
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			out.SetColorIndex(x, y, nearest[plain.RGBAAt(x, y)])
		}
	}
	return out
}

func TestPicturesKeepTheirMainColours(t *testing.T) {
	t.Parallel()
	big := image.NewRGBA(image.Rect(0, 0, 100, 100))
	for i := range 100 * 100 {
		c := color.RGBA{uint8(i), uint8(i >> 3), 7, 255} // many colours, each rare
		if i%2 == 0 {
			c = color.RGBA{16, 85, 201, 255}
		}
		big.SetRGBA(i%100, i/100, c)
	}
	out := fewColours(big)
	if len(out.Palette) != 256 {
		t.Errorf("%d colours, want 256", len(out.Palette))
	}
	if got := out.At(0, 0); got != (color.RGBA{16, 85, 201, 255}) {
		t.Errorf("the main colour became %v", got)
	}
}

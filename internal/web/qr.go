package web

import (
	"bytes"
	"fmt"

	"rsc.io/qr"
)

// quiet is the white border that readers need, in modules (ISO/IEC 18004).
const quiet = 4

// qrCode draws a text as an SVG that prints sharp at any size. Level M survives a
// coffee ring on a sixth of it.
func qrCode(text string) ([]byte, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil, err
	}
	side := code.Size + 2*quiet
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" shape-rendering="crispEdges">`, side, side, 8*side, 8*side)
	fmt.Fprintf(&b, `<rect width="%d" height="%d" fill="#fff"/><path d="`, side, side)
	for y := range code.Size {
		for x := range code.Size {
			if code.Black(x, y) {
				fmt.Fprintf(&b, "M%d %dh1v1h-1z", x+quiet, y+quiet)
			}
		}
	}
	b.WriteString(`"/></svg>`)
	return b.Bytes(), nil
}

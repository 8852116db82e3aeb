package desktop

import "bytes"

// Names of the themes; "" follows the desktop.
const (
	light = "light"
	dark  = "dark"
)

// Canvas returns the colour of the window before the page is drawn, so that nothing
// flashes: the page's own, in the theme that was chosen or that the desktop has.
func Canvas(theme string, env func(string) string) (red, green, blue uint8) {
	if theme == dark || theme != light && PrefersDark(env) {
		return 0x0d, 0x13, 0x11
	}
	return 0xf4, 0xf7, 0xf5
}

// Themed returns a page that is drawn in the chosen theme from the start, not only
// once its script has asked for it.
func Themed(page []byte, theme string) []byte {
	if theme != light && theme != dark {
		return page
	}
	return bytes.Replace(page, []byte("<html"), []byte(`<html data-theme="`+theme+`"`), 1)
}

// WatchTheme is a script for the page that tells its theme with the event "theme",
// now and whenever another is chosen.
const WatchTheme = `(() => {
	const tell = () => window.runtime.EventsEmit('theme', document.documentElement.dataset.theme ?? '');
	new MutationObserver(tell).observe(document.documentElement, { attributeFilter: ['data-theme'] });
	tell();
})()`

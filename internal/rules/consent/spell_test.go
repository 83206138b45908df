package consent

import "testing"

func TestRespellChangesOnlyWhatIsNoWordOfTheTables(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"un5ubscribe": "unsubscribe",
		"st0pp":       "stopp",
		"kitenme":     "quitenme",
		"kancelar":    "cancelar",
		"sotp":        "stop",
		"5pm":         "",
		"kick":        "",
		"kiosk":       "",
		"1234":        "",
		"4":           "",
	} {
		got, ok := spoken.respell(text)
		if ok != (want != "") || ok && got != want {
			t.Errorf("respell(%q) = %q, %t, want %q", text, got, ok, want)
		}
	}
}

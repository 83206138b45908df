package phone

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// Area codes by state, as a geocoder of whole area codes and an independent data set
// give them; the announced and just opened overlays in the last line of a state.
const areaCodes = `
AL 205 251 256 334 659 938
AK 907
AZ 480 520 602 623 928
AR 327 479 501 870
CA 209 213 279 310 323 341 350 369 408 415 424 442 510 530 559 562 619 626 628 650 657 661 669 707 714 738 747 760 805 818 820 831 840 858 909 916 925 949 951 627
CO 303 719 720 748 970 983
CT 203 475 860 959
DE 302
DC 202 771
FL 239 305 321 324 352 386 407 448 561 645 656 689 727 728 754 772 786 813 850 863 904 941 954
GA 229 404 470 478 678 706 762 770 912 943
HI 808
ID 208 986
IA 319 515 563 641 712
IL 217 224 309 312 331 447 464 618 630 708 730 773 779 815 847 872
IN 219 260 317 463 574 765 812 930
KS 316 620 785 913
KY 270 364 502 606 859
LA 225 318 337 504 985
ME 207
MD 227 240 301 410 443 667
MA 339 351 413 508 617 774 781 857 978
MI 231 248 269 313 517 586 616 734 810 906 947 989 679 278
MN 218 320 507 612 651 763 952
MS 228 601 662 769
MO 235 314 417 557 573 636 660 816 975
MT 406
NE 308 402 531
NV 702 725 775
NH 603
NJ 201 551 609 640 732 848 856 862 908 973
NM 505 575
NY 212 315 329 332 347 363 516 518 585 607 631 646 680 716 718 838 845 914 917 929 934
NC 252 336 472 704 743 828 910 919 980 984
ND 701
OH 216 220 234 283 326 330 380 419 440 513 567 614 740 937
OK 405 539 572 580 918
OR 458 503 541 971
PA 215 223 267 272 412 445 484 570 582 610 717 724 814 835 878
RI 401
SC 803 821 839 843 854 864
SD 605
TN 423 615 629 731 865 901 931 729
TX 210 214 254 281 325 346 361 409 430 432 469 512 682 713 726 737 806 817 830 832 903 915 936 940 945 956 972 979
UT 385 435 801
VT 802
VA 276 434 540 571 686 703 757 804 826 948
WA 206 253 360 425 509 564
WV 304 681
WI 262 274 353 414 534 608 715 920
WY 307`

func TestEveryAreaCodeIsOfItsState(t *testing.T) {
	t.Parallel()
	listed := map[string]bool{}
	for line := range strings.Lines(strings.TrimSpace(areaCodes)) {
		field := strings.Fields(line)
		for _, code := range field[1:] {
			listed[code] = true
			place := Locate("+1" + code + "5550123")
			if place.Country != "US" || !slices.Equal(place.States, field[:1]) {
				t.Errorf("%s is of %s %v, want %s", code, place.Country, place.States, field[0])
			}
		}
	}
	for code, place := range loadTables().areas {
		if place.Country == "US" && len(place.States) > 0 && !listed[fmt.Sprint(code)] {
			t.Errorf("%d of %v is in no list", code, place.States)
		}
	}
}

// Zones by area code: what touches more than one zone, and what the numbering data has
// wrong. All other codes of a state have its usual zone.
const areaZones = `
America/New_York America/Chicago = 850 448 219 574 812 930 270 364 606 906 423 729
America/Chicago America/Denver = 620 785 308 701 605
America/Denver America/Los_Angeles = 208 986 541 458 775
America/Phoenix America/Denver = 928
America/Anchorage America/Juneau America/Adak = 907
America/New_York = 689 679 278 305 212
America/Denver = 915 303 505 406 801 307
America/Chicago = 214 512 210 205 504 312
America/Phoenix = 602 480 520 623
Pacific/Honolulu = 808
America/Vancouver America/Edmonton America/Fort_Nelson = 250 236 257 672 778
America/Toronto America/Halifax = 418 581 367
America/Toronto America/Winnipeg = 807
America/St_Johns America/Halifax = 709 879
America/Vancouver America/Edmonton America/Winnipeg America/Toronto America/Whitehorse = 867
America/Regina America/Edmonton = 306 639 474
America/Puerto_Rico = 787 939
America/St_Thomas = 340
Pacific/Guam = 671
Pacific/Saipan = 670
Pacific/Pago_Pago = 684
America/New_York America/Chicago America/Denver America/Phoenix America/Los_Angeles America/Anchorage Pacific/Honolulu = 800 833 844 855 866 877 888 900 500 521 522 523 524 525 526 527 528 529 532 533 544 566 577 588 222`

func TestEveryAreaCodeHasAllItsZones(t *testing.T) {
	t.Parallel()
	for line := range strings.Lines(strings.TrimSpace(areaZones)) {
		zones, codes, _ := strings.Cut(line, " = ")
		for _, code := range strings.Fields(codes) {
			got := slices.Clone(Locate("+1" + code + "5550123").Zones)
			want := strings.Fields(zones)
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("%s is in %v, want %v", code, got, want)
			}
		}
	}
}

// Countries with several zones have all of them, also where the numbering data knows one.
func TestACountryHasAllItsZones(t *testing.T) {
	t.Parallel()
	for number, least := range map[string]int{
		"+61412345678": 10, "+79161234567": 20, "+628123456789": 4, "+34612345678": 3, "+56961234567": 3, "+593991234567": 2, "+5511961234567": 15, "+5215512345678": 8,
	} {
		if got := len(Locate(number).Zones); got < least {
			t.Errorf("%s has %d zones, want %d at least", number, got, least)
		}
	}
}

func TestNewAreaCodesAreTakenWithAWarning(t *testing.T) {
	t.Parallel()
	for raw, state := range map[string]string{"+16795550123": "MI", "+12785550123": "MI", "+16275550123": "CA"} {
		n, err := Parse(raw, "US")
		if err != nil || n.Warning != WarningUnassigned && n.Warning != "" || Locate(n.E164).States[0] != state {
			t.Errorf("%s: %+v %v", raw, n, err)
		}
	}
}

func TestTablesSayWhereTheyAreFrom(t *testing.T) {
	t.Parallel()
	for name, table := range map[string]string{"nanp": nanpTable, "countries": countryTable, "shared": sharedTable} {
		for _, field := range []string{"# version ", "# source ", "# date ", "# confidence "} {
			if !strings.Contains(table, field) {
				t.Errorf("%s has no line %q", name, field)
			}
		}
	}
}

// Numbers of modes that an answer may repeat (DECRQM). The answer goes into the program's own input, so
// a number of four digits or more is repeated only where it is a mode of some terminal; to others there
// is no answer. Sources: xterm's ctlseqs, foot-ctlseqs(7), kitty's modes.h, contour, mintty, Windows
// Terminal.

const known = new Set([
	...[1000, 1001, 1002, 1003, 1004, 1005, 1006, 1007, 1010, 1011, 1014, 1015, 1016],
	...[1034, 1035, 1036, 1037, 1039, 1040, 1041, 1042, 1043, 1044, 1045, 1046, 1047],
	...[1048, 1049, 1050, 1051, 1052, 1053, 1060, 1061, 1070, 1243, 1337, 2001, 2002],
	...[2003, 2004, 2005, 2006, 2026, 2027, 2028, 2029, 2030, 2031, 2048, 5522, 7700],
	...[7711, 7727, 7728, 7730, 7765, 7766, 7767, 7777, 7783, 7786, 7787, 7796, 8200],
	...[8452, 8800, 8840, 9001, 19_997, 737_769],
]);

export function mayTellMode(mode: number): boolean {
	return mode < 1000 || known.has(mode);
}

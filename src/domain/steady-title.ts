// How a program calls itself (OSC 0 and 2), without the sign in front that many of them turn there while
// they work: it says nothing that the state does not, and would redraw every list ten times a second.

const sign = /^(?:\p{So}|[*·•∙⋅|/\\-])\uFE0F?\s+/u;

export function steadyTitle(title: string): string {
	return title.replace(sign, '').trim();
}

// Moving through what is listed in a dialog, or reading on in it.
import { addressees } from '../../domain/message.ts';
import { readingRows } from '../cards/card.ts';
import { outsideRows } from '../cards/outside-card.ts';
import { whyLines } from '../cards/why-card.ts';
import { helpLines } from '../chrome/help-lines.ts';
import { jumpTargets, paletteItems } from '../chrome/palette.ts';
import { type Controls, openNow } from './controls.ts';
import { showTheme } from './theme-actions.ts';

export function moveList(controls: Controls, by: number): void {
	const { dialog } = controls.view;
	const clamp = (at: number, last: number) => Math.max(0, Math.min(at, last));
	const page = readingRows(controls.view);
	switch (dialog?.kind) {
		case 'text': {
			const top = clamp(dialog.top + by, Math.max(0, dialog.lines.length - page));
			return openNow(controls, { ...dialog, top });
		}
		case 'why': {
			const { length } = whyLines(dialog, controls.view);
			const last = Math.max(0, length - page);
			return openNow(controls, { ...dialog, top: clamp(dialog.top + by, last) });
		}
		case 'outside': {
			const { trespasses } = controls.state.agents[dialog.agent] ?? {};
			const last = (trespasses?.paths.length ?? 0) - outsideRows(controls.view);
			const top = clamp(dialog.top + by, Math.max(0, last));
			return openNow(controls, { ...dialog, top });
		}
		case 'help': {
			const top = clamp(
				dialog.top + by,
				Math.max(0, helpLines(controls.view).length - page),
			);
			return openNow(controls, { ...dialog, top });
		}
		case 'layouts':
			return openNow(controls, {
				...dialog,
				at: clamp(dialog.at + by, dialog.choices.length - 1),
				doomed: null,
			});
		case 'links':
			return openNow(controls, {
				...dialog,
				at: clamp(dialog.at + by, dialog.links.length - 1),
			});
		case 'away':
			return openNow(controls, {
				...dialog,
				at: clamp(dialog.at + by, dialog.lines.length - 1),
			});
		case 'compose': {
			const last = addressees(controls.state).length - 1;
			return openNow(controls, { ...dialog, at: clamp(dialog.at + by, last) });
		}
		case 'themes':
			return showTheme(controls, dialog, clamp(dialog.at + by, dialog.names.length - 1));
		case 'palette': {
			const count = paletteItems(controls, dialog.field.text).length;
			return openNow(controls, { ...dialog, at: clamp(dialog.at + by, count - 1) });
		}
		case 'jump': {
			const count = jumpTargets(controls, dialog.field.text).length;
			return openNow(controls, { ...dialog, at: clamp(dialog.at + by, count - 1) });
		}
		default:
	}
}

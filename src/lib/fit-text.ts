import { clusters, clusterWidth, textWidth } from './cell-width.ts';

/** The text in at most `width` cells; a cut ends in `ellipsis`. */
export function fitText(text: string, width: number, ellipsis = '…'): string {
	if (width <= 0) return '';
	if (textWidth(text) <= width) return text;
	let kept = '';
	let used = textWidth(ellipsis);
	for (const cluster of clusters(text)) {
		used += clusterWidth(cluster);
		if (used > width) break;
		kept += cluster;
	}
	return kept + ellipsis;
}

import { Box } from 'ink';
import { type ReactNode, useContext } from 'react';
import type { Area } from '../src/domain/area.ts';
import { LinesContext } from './look.ts';

/** Puts what is inside at a rectangle of the screen; later ones lie above. */
export function Place({
	area,
	children,
}: {
	readonly area: Area;
	readonly children: ReactNode;
}) {
	const lines = useContext(LinesContext);
	const top = lines.get(area.y);
	if (top === undefined) throw new Error(`row ${area.y} is not drawn by the view`);
	return (
		<Box
			position="absolute"
			left={area.x}
			top={top}
			width={area.width}
			height={area.height}
			flexDirection="column"
		>
			{children}
		</Box>
	);
}

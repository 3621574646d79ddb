import { Box } from 'ink';
import type { ReactNode } from 'react';
import type { Area } from '../src/domain/area.ts';

/** Puts what is inside at a rectangle of the screen; later ones lie above. */
export function Place({
	area,
	children,
}: {
	readonly area: Area;
	readonly children: ReactNode;
}) {
	return (
		<Box
			position="absolute"
			left={area.x}
			top={area.y}
			width={area.width}
			height={area.height}
			flexDirection="column"
		>
			{children}
		</Box>
	);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { stepKinds } from '../../../src/scenes/scene.ts';
import { parseScene } from '../../../src/scenes/scene-file.ts';

const reference = readFileSync(
	join(import.meta.dirname, '../../../docs/scenes.md'),
	'utf8',
);

it('names every step, and its example is a scene', () => {
	for (const kind of stepKinds) expect(reference).toContain(`\`${kind}: `);
	const example = /```yaml\n([\s\S]*?)```/.exec(reference)?.[1] ?? '';
	expect(parseScene(example, 'example.yaml')).toMatchObject({ ok: true });
});

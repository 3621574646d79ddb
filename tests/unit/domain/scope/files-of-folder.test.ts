import { expect, test } from 'vitest';
import { mayHold } from '../../../../src/domain/scope/coverage.ts';
import { scopeOf } from '../../../../src/domain/scope/scope.ts';

test.each([
	[['/src/api/**'], 'src/api', true],
	[['/src/api/**'], 'src', false],
	[['/src/api/**'], '', false],
	[['/src/api'], 'src', true],
	[['docs/'], 'src', false],
	[['docs/'], 'src/docs', true],
	[['*.md'], 'src', true],
	[['src/*.md'], 'src/deep', false],
	[['/src/**', '!/src/*'], 'src', false],
	[['/src/**', '!*.ts'], 'src', true],
	[['.gitattributes'], 'src', true],
	[['/src/../x'], 'src', false],
	[[], '', true],
	[[], '.github/workflows', false],
])('%j may have a file in %j itself: %s', (patterns, folder, held) => {
	expect(mayHold(scopeOf(patterns), folder)).toBe(held);
});

import { expect, it } from 'vitest';
import { Emulator } from '../../../src/terminal/emulator.ts';

const size = { columns: 8, rows: 4 };
const filled = Array.from({ length: size.rows }, () => 'E'.repeat(size.columns));

it('fills the whole screen and no saved line, whatever the margins were', () => {
	using emulator = new Emulator({ ...size, scrollback: 2 });
	emulator.write(Buffer.from('1\r\n2\r\n3\r\n4\r\n5\r\n6'));
	const saved = emulator.ring();
	emulator.write(Buffer.from('\x1b[3;4r\x1b[?6h\x1b#8'));
	expect(emulator.text()).toEqual(filled);
	expect(emulator.ring()).toEqual(saved);
});

it('leaves no margins and the cursor at home', () => {
	using emulator = new Emulator(size);
	emulator.write(Buffer.from('\x1b[2;3r\x1b[?6h\x1b#8a\x1b[4;1Hz'));
	expect(emulator.text()).toEqual(['aEEEEEEE', filled[1], filled[2], 'zEEEEEEE']);
});

// Imported last by `graphemes.ts`: Node's pool of buffers is as it was.
import { poolSize } from './unpooled.ts';

Buffer.poolSize = poolSize;

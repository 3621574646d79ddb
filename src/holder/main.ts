// The first file of the holder program: what comes after it is compiled once, not at each start.
import { useCodeCache } from '../lib/code-cache.ts';

useCodeCache();
await import('./run.ts');

// Imported first by `graphemes.ts`: until `pooled.ts`, each Buffer has memory of its own.
//
// The addon of widths reads its table from the start of the memory that its Buffer lies in, which is
// the table only where no other Buffer shares it: with Node's pool that is chance, and the import
// fails or the widths are wrong (@xterm/addon-unicode-graphemes 0.4.0, unicode-trie.ts).
export const poolSize: number = Buffer.poolSize;

Buffer.poolSize = 0;

import type { ClientBase, Connection, Submittable } from 'pg';

const HEADER = Buffer.from('PGCOPY\n\xff\r\n\0\0\0\0\0\0\0\0\0', 'latin1');
const TRAILER = Buffer.of(0xff, 0xff);

/**
 * Sends rows in binary COPY format: `chunks` joined are whole rows. They are written to the socket as
 * they are, and must not change before this resolves. Returns how many rows were taken.
 */
export function copyIn(
  client: ClientBase,
  text: string,
  chunks: readonly Uint8Array[],
): Promise<number> {
  return new Promise((resolve, reject) => {
    client.query(new CopyIn(text, chunks, { resolve, reject }));
  });
}

interface Settle {
  resolve(rows: number): void;
  reject(error: Error): void;
}

/** The calls node-postgres makes on the query in progress. */
class CopyIn implements Submittable {
  readonly #text: string;
  readonly #chunks: readonly Uint8Array[];
  readonly #settle: Settle;
  #rows = 0;

  constructor(text: string, chunks: readonly Uint8Array[], settle: Settle) {
    this.#text = text;
    this.#chunks = chunks;
    this.#settle = settle;
  }

  submit(connection: Connection): void {
    connection.query(this.#text);
  }

  handleCopyInResponse(connection: Connection): void {
    const { stream } = connection;
    stream.cork();
    for (const chunk of [HEADER, ...this.#chunks, TRAILER]) {
      stream.write(copyDataPrefix(chunk.length));
      stream.write(chunk);
    }
    stream.write(COPY_DONE);
    stream.uncork();
  }

  handleCommandComplete({ text }: { text: string }): void {
    this.#rows = Number(text.replace('COPY ', ''));
  }

  handleReadyForQuery(): void {
    this.#settle.resolve(this.#rows);
  }

  handleError(error: Error): void {
    this.#settle.reject(error);
  }
}

const COPY_DONE = Buffer.of(0x63, 0, 0, 0, 4);

function copyDataPrefix(length: number): Buffer {
  const prefix = Buffer.of(0x64, 0, 0, 0, 0);
  prefix.writeUInt32BE(length + 4, 1);
  return prefix;
}

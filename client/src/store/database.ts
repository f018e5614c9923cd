/** IndexedDB, as far as it is needed: a write is done when the disk has it, or it has failed. */

export interface Shelf {
  name: string;
  /** Where the key stands in a row; none where the key is given beside it. */
  path?: string | string[];
}

export interface Row<T> {
  key: IDBValidKey;
  value: T;
}

/** One database of the browser's. */
export class Database {
  private constructor(private readonly db: IDBDatabase) {
    // Another tab wants to erase or renew it: whoever holds on would stop that for ever.
    db.onversionchange = () => db.close();
  }

  static open(name: string, version: number, shelves: readonly Shelf[]): Promise<Database> {
    return new Promise((resolve, reject) => {
      const request = indexedDB.open(name, version);
      request.onupgradeneeded = () => {
        const there = request.result.objectStoreNames;
        for (const { name: shelf, path } of shelves) {
          if (there.contains(shelf)) continue;
          request.result.createObjectStore(shelf, path ? { keyPath: path } : {});
        }
      };
      request.onsuccess = () => resolve(new Database(request.result));
      request.onerror = () => reject(failure(request.error));
      request.onblocked = () => reject(new Error('blocked'));
    });
  }

  /** Everything on some shelves, as it was at one moment. */
  async all(...names: string[]): Promise<unknown[][]> {
    return this.#read(names, (transaction) =>
      names.map((name) => transaction.objectStore(name).getAll()),
    );
  }

  async one(name: string, key: IDBValidKey): Promise<unknown> {
    const [row] = await this.#read([name], (transaction) => [
      transaction.objectStore(name).get(key),
    ]);
    return row;
  }

  /** All of the work or none of it; resolves when it is on the disk, rejects with Error("quota") and the like. */
  write(names: string[], work: (transaction: IDBTransaction) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      try {
        const transaction = this.db.transaction(names, 'readwrite', { durability: 'strict' });
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(failure(transaction.error));
        put_down(transaction, work);
      } catch (error) {
        reject(failure(error));
      }
    });
  }

  close(): void {
    this.db.close();
  }

  #read<T>(names: string[], ask: (transaction: IDBTransaction) => IDBRequest<T>[]): Promise<T[]> {
    return new Promise((resolve, reject) => {
      try {
        const transaction = this.db.transaction(names, 'readonly');
        const requests = ask(transaction);
        transaction.oncomplete = () => resolve(requests.map((request) => request.result));
        transaction.onabort = () => reject(failure(transaction.error));
      } catch (error) {
        reject(failure(error));
      }
    });
  }
}

function put_down(transaction: IDBTransaction, work: (transaction: IDBTransaction) => void): void {
  try {
    work(transaction);
  } catch (error) {
    transaction.abort();
    throw error;
  }
}

/** What a person can be told about: no room, or a database that was closed under us. */
function failure(error: unknown): Error {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  if (name === 'QuotaExceededError') return new Error('quota', { cause: error });
  if (name === 'InvalidStateError') return new Error('closed', { cause: error });
  return new Error('storage', { cause: error });
}

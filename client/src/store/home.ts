/** Who uses this device: enough to open the right replica without a network. */
import type { Me } from '../port';
import { Database, type Shelf } from './database';

const SHELVES: readonly Shelf[] = [{ name: 'people', path: 'person' }, { name: 'settings' }];
const CURRENT = 'current';
const LEAVING = 'leaving';

/** A person who has signed in here, under this login. */
export interface Resident extends Me {
  login: string;
}

interface Said {
  [name: string]: string;
}

export class Home {
  #settings: Said = {};
  #people: Resident[] = [];

  private constructor(private readonly database: Database) {}

  static async open(): Promise<Home> {
    const home = new Home(await Database.open('kezek', 1, SHELVES));
    await home.look();
    return home;
  }

  /** Read again what another tab may have written. */
  async look(): Promise<void> {
    const [people = []] = await this.database.all('people');
    this.#people = people as Resident[];
    this.#settings = ((await this.database.one('settings', 'settings')) as Said | undefined) ?? {};
  }

  current(): Resident | null {
    return this.#people.find((one) => one.person === this.#settings[CURRENT]) ?? null;
  }

  known(login: string): Resident | null {
    return this.#people.find((one) => one.login === login) ?? null;
  }

  /** Somebody signed out without a network: the store has still to be told. */
  leaving(): boolean {
    return Boolean(this.#settings[LEAVING]);
  }

  async arrive(resident: Resident): Promise<void> {
    await this.#write({ [CURRENT]: resident.person, [LEAVING]: '' }, resident);
    this.#people = [...this.#people.filter((one) => one.person !== resident.person), resident];
  }

  leave(): Promise<void> {
    return this.#write({ [CURRENT]: '', [LEAVING]: '1' });
  }

  left(): Promise<void> {
    return this.#write({ [LEAVING]: '' });
  }

  /** The person's own choice, else the last one made on this device. */
  setting(name: string): string {
    const own = this.#settings[`${this.#settings[CURRENT] ?? ''}/${name}`];
    return own ?? this.#settings[`/${name}`] ?? '';
  }

  set_setting(name: string, value: string): Promise<void> {
    return this.#write({
      [`${this.#settings[CURRENT] ?? ''}/${name}`]: value,
      [`/${name}`]: value,
    });
  }

  close(): void {
    this.database.close();
  }

  #write(said: Said, resident?: Resident): Promise<void> {
    this.#settings = { ...this.#settings, ...said };
    return this.database.write(['people', 'settings'], (transaction) => {
      if (resident) transaction.objectStore('people').put(resident);
      transaction.objectStore('settings').put(this.#settings, 'settings');
    });
  }
}

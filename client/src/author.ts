/** A person at work on this device, writing: new records, and what he says anew of his own. */
import { assist_amends, type Standing, violation_amends } from './amends';
import { assist_letters, type Circumstances, type Said, violation_letters } from './letters';
import type { Pocket } from './pocket';
import type { Logged } from './port';
import type { Draft } from './sync/pocket';

export class Author {
  constructor(
    private readonly pocket: Pocket,
    private readonly at: Circumstances,
  ) {}

  /** Resolves with the record's id when the disk has it; then it is carried. */
  async save(kind: Logged, said: Said, subject: Said | null): Promise<string> {
    const drafts =
      kind === 'assist' ? assist_letters(said, this.at) : violation_letters(said, subject, this.at);
    await this.#write(drafts, []);
    return drafts[0]?.id ?? '';
  }

  /** Whatever was refused of the record is mended by it. */
  async amend(kind: Logged, id: string, said: Said, subject: Said | null): Promise<string> {
    const person = this.pocket.subject_of(id) || this.at.new_id();
    const drafts =
      kind === 'assist'
        ? assist_amends(this.#standing(kind, id), said, this.at)
        : violation_amends(
            this.#standing(kind, id),
            this.#standing('subject', person),
            said,
            subject,
            this.at,
          );
    await this.#write(drafts, [`${kind}/${id}`, `subject/${person}`]);
    return id;
  }

  async leave(kind: string, id: string, left: boolean): Promise<void> {
    const keys = [`${kind}/${id}`, `subject/${this.pocket.subject_of(id)}`];
    await this.pocket.answer(keys, left ? 'left' : '');
  }

  #standing(kind: string, id: string): Standing {
    return { id, body: this.pocket.standing(`${kind}/${id}`) };
  }

  async #write(drafts: readonly Draft[], mended: readonly string[]): Promise<void> {
    await this.pocket.write(drafts, mended);
    void this.pocket.courier.go();
  }
}

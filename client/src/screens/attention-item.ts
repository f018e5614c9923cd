/** One record that needs attention: what happened, both sides, and what can be done about it. */

import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { type IconName, icon } from '../parts/icon';
import type { Concern, Logged, Sides } from '../port';
import { type Key, say } from '../words';
import '../words/attention';
import { reason } from '../words/faults';
import { moment } from '../words/moments';
import { rows_of } from './attention-rows';
import { logs_assists } from './roles';
import { Screen } from './screen';
import { title_of_body } from './titles';
import '../parts/hold-button';
import '../parts/letter-row';
import '../parts/page-head';
import '../parts/two-sides';

/** What only the administrator can put right; for the rest there is whoever leads the shift. */
const ADMINISTRATOR: readonly string[] = [
  'fork',
  'device_foreign',
  'author_foreign',
  'not_allowed',
  'handler_failed',
  'kind_unknown',
];

const MARKS: Record<Concern['state'], IconName> = {
  rejected: 'alert',
  disputed: 'alert',
  parked: 'pause',
  superseded: 'differ',
};

@customElement('kezek-attention-item')
export class AttentionItem extends Screen {
  static override styles = [
    ...Screen.styles,
    css`
      .deed {
        display: grid;
        gap: var(--s2);
      }
      .two {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 9rem), 1fr));
        gap: var(--s2);
      }
      .alert.calm {
        background: var(--act-soft);
        color: var(--act);
      }
      .alert.good {
        background: var(--good-soft);
        color: var(--good);
      }
    `,
  ];

  /** `kind/id` of the record. */
  @property() of = '';
  @state() private busy = false;
  @state() private sent = false;
  @state() private failed = false;

  get #kind(): string {
    return this.of.split('/')[0] ?? '';
  }

  get #id(): string {
    return this.of.split('/')[1] ?? '';
  }

  override render() {
    const concern = this.#concern();
    const sides = this.app.sides(this.#kind, this.#id);
    const body = sides.mine ?? sides.theirs;
    if (!body) return this.#gone();
    const at = concern?.at || Number(body.happened ?? 0);
    return html`<kezek-page-head
        .heading=${title_of_body(this.app, this.#kind, body)}
        .lines=${at ? [moment(at, this.app.now())] : []}
      ></kezek-page-head>
      <div class="body">
        ${concern ? this.#happened(concern) : this.#state()}
        ${this.#sides(sides, concern)}
        ${concern && !concern.left ? this.#whom(concern) : nothing}
        <button type="button" class="plain" @click=${() => this.go('/tasks')}>
          ${icon('back', 22)}${say('attention_back')}
        </button>
        ${this.#failed()}
      </div>
      ${this.#deeds(concern, sides)}`;
  }

  #gone() {
    return html`<kezek-page-head .heading=${say('needs_attention')}></kezek-page-head>
      <div class="body">
        <p class="alert">${icon('alert', 22)}<span>${say('attention_gone')}</span></p>
        <button type="button" class="plain" @click=${() => this.go('/tasks')}>
          ${icon('back', 22)}${say('attention_back')}
        </button>
      </div>`;
  }

  #happened(concern: Concern) {
    if (concern.left) return this.#note('calm', 'attention_left');
    const tone = { rejected: 'bad', disputed: 'bad', parked: '', superseded: 'calm' };
    return html`<p class="alert ${tone[concern.state]}" role="status">
      ${icon(MARKS[concern.state], 22)}
      <span>${reason(concern.code || 'held')}</span>
    </p>`;
  }

  #note(tone: string, words: Key) {
    return html`<p class="alert ${tone}" role="status">${icon('check', 22)}<span>${say(words)}</span></p>`;
  }

  /** It calls no more: where its newest letter is now. */
  #state() {
    const newest = this.app.outbox().find(({ kind, id }) => `${kind}/${id}` === this.of);
    return html`${this.sent ? this.#note('good', 'attention_sent') : nothing}
      ${
        newest
          ? html`<div class="card">
            <kezek-letter-row
              .heading=${say('outbox')}
              .state=${newest.state}
              .answered=${newest.answered}
              .why=${reason(newest.code)}
              .when=${moment(newest.at, this.app.now())}
              ?online=${this.app.truth().online}
            ></kezek-letter-row>
          </div>`
          : nothing
      }`;
  }

  #failed() {
    return html`<div role="alert">
      ${
        this.failed
          ? html`<p class="alert bad">${icon('alert', 22)}<span>${say('attention_not_kept')}</span></p>`
          : nothing
      }
    </div>`;
  }

  #sides(sides: Sides, concern: Concern | undefined) {
    const now = this.app.now();
    const { as_of } = this.app.truth();
    const theirs =
      sides.theirs && say('attention_other', { time: as_of ? moment(as_of, now) : say('never') });
    const mine = say('attention_here', { time: concern ? moment(concern.at, now) : say('today') });
    return html`<kezek-two-sides .rows=${this.#rows(sides, concern)} .head=${{ mine, theirs }}>
    </kezek-two-sides>`;
  }

  /** A person's data stand below the violation that they belong to. */
  #rows({ mine, theirs }: Sides, concern: Concern | undefined) {
    const code = concern?.code ?? '';
    const own = rows_of(this.app, this.#kind, mine ?? theirs ?? {}, theirs, code);
    const subject = this.#subject();
    if (!subject) return own;
    const person = this.app.sides('subject', subject);
    const said = person.mine ?? person.theirs;
    return said ? [...own, ...rows_of(this.app, 'subject', said, person.theirs, code)] : own;
  }

  #subject(): string {
    return this.#kind === 'violation' ? this.app.subject_of(this.#id) : '';
  }

  #whom({ code }: Concern) {
    const assists = logs_assists(this.app.me()?.role ?? '');
    const whom = ADMINISTRATOR.includes(code)
      ? 'attention_ask_administrator'
      : assists
        ? 'attention_ask_leader'
        : 'attention_ask_senior';
    return html`<div class="card">
      <div class="row">
        <span class="mark act">${icon('person', 19)}</span>
        <div>${say(whom)}<small>${say('attention_ask')}</small></div>
      </div>
    </div>`;
  }

  #deeds(concern: Concern | undefined, sides: Sides) {
    const signed = this.#kind === 'violation' && Boolean(sides.theirs?.signed);
    const own = this.#is_own(sides);
    const may = own && sides.mine !== null && !sides.copied && !signed;
    if (concern?.left)
      return this.#bar(this.#button('attention_take_back', () => this.#leave(false)));
    if (!concern) {
      return may ? this.#bar(this.#button('attention_change', this.#change)) : nothing;
    }
    const leave =
      concern.state === 'parked'
        ? nothing
        : this.#button('attention_leave', () => this.#leave(true));
    if (!may) {
      const note =
        signed && own ? html`<p class="needed">${say('attention_signed_note')}</p>` : nothing;
      return leave === nothing && note === nothing ? nothing : this.#bar(html`${note}${leave}`);
    }
    const change = this.#button('attention_change', this.#change);
    // Sent as it is, it would be refused for the same field again.
    if (this.#wrong(concern, sides)) {
      return this.#bar(html`<button type="button" class="big" @click=${this.#change}>
          ${say('attention_change')}
        </button>
        ${leave}`);
    }
    return this.#bar(html`<kezek-hold-button
        ready
        ?busy=${this.busy}
        .words=${concern.state === 'superseded' ? 'attention_send_mine' : 'attention_send'}
        .again=${'attention_send_again'}
        @held=${this.#send}
      ></kezek-hold-button>
      <div class="two">${change}${leave}</div>`);
  }

  /** The name of the field that is wrong; '' where the fault names none. */
  #wrong(concern: Concern | undefined, sides: Sides): string {
    return this.#rows(sides, concern).find((row) => row.wrong)?.name ?? '';
  }

  #bar(content: unknown) {
    return html`<div class="deed">${content}</div>`;
  }

  #button(words: Key, deed: () => unknown) {
    return html`<button type="button" class="plain" @click=${deed}>${say(words)}</button>`;
  }

  #is_own({ mine, theirs }: Sides): boolean {
    const me = this.app.me()?.person;
    const body = mine ?? theirs;
    if (this.#kind === 'violation') return body?.officer === me;
    return this.#kind === 'assist' && body?.member === me;
  }

  /** The form opens at the field that is wrong. */
  #change = () => {
    const wrong = this.#wrong(this.#concern(), this.app.sides(this.#kind, this.#id));
    this.go(`/tasks#${this.of}/change/${wrong}`);
  };

  #concern(): Concern | undefined {
    return this.app.concerns().find((one) => `${one.kind}/${one.id}` === this.of);
  }

  #send = () =>
    this.#do(async () => {
      const { mine } = this.app.sides(this.#kind, this.#id);
      const subject = this.#subject();
      const person = subject ? this.app.sides('subject', subject).mine : null;
      await this.app.amend(this.#kind as Logged, this.#id, mine ?? {}, person ?? undefined);
      this.sent = true;
    });

  #leave(left: boolean) {
    return this.#do(() => this.app.leave(this.#kind, this.#id, left));
  }

  async #do(deed: () => Promise<unknown>) {
    this.busy = true;
    this.failed = false;
    try {
      await deed();
    } catch {
      this.failed = true;
    }
    this.busy = false;
  }

  override firstUpdated() {
    this.focus();
  }

  override focus() {
    this.renderRoot.querySelector<HTMLElement>('kezek-page-head')?.focus();
  }
}

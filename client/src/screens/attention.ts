/** What needs attention: by what there is to do about it, and what was left as it is. */

import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { type IconName, icon } from '../parts/icon';
import type { Concern, Kept } from '../port';
import type { Violation } from '../sync/contract.gen';
import { type Key, say } from '../words';
import '../words/attention';
import { reason } from '../words/faults';
import { moment } from '../words/moments';
import { Screen } from './screen';
import { title_of_body } from './titles';
import '../parts/empty-note';
import '../parts/page-head';
import './attention-item';

const FACES: Record<Concern['state'], { icon: IconName; tone: string; words: Key }> = {
  rejected: { icon: 'cross', tone: 'bad', words: 'state_rejected' },
  parked: { icon: 'pause', tone: 'warn', words: 'state_parked' },
  disputed: { icon: 'differ', tone: 'bad', words: 'state_disputed' },
  superseded: { icon: 'differ', tone: 'act', words: 'state_superseded' },
};
const TASKS = ['mend', 'decided', 'review'] as const;

@customElement('kezek-attention')
export class AttentionScreen extends Screen {
  static override styles = [
    ...Screen.styles,
    css`
      a.row {
        color: inherit;
        text-decoration: none;
        align-items: start;
        grid-template-columns: 32px 1fr auto;
        -webkit-tap-highlight-color: transparent;
      }
      a.row:active {
        background: var(--sunk);
      }
      a.row:focus-visible {
        outline-offset: -3px;
      }
      a.row small.why {
        margin-block-start: 2px;
        color: var(--ink);
      }
      summary {
        min-block-size: var(--touch);
        padding: var(--s3) 0;
        cursor: pointer;
      }
      details > ul {
        opacity: 0.92;
      }
    `,
  ];

  override render() {
    const all = this.app.concerns();
    const open = all.filter(({ left }) => !left);
    const left = all.filter((concern) => concern.left);
    const returned = this.#returned();
    const n = open.length + returned.length;
    return html`<kezek-page-head
        .heading=${say('tasks')}
        .lines=${n > 0 ? [say('tasks_attention', { n })] : []}
      ></kezek-page-head>
      <div class="body">
        ${n > 0 ? nothing : this.#clear()}
        ${TASKS.map((task) => this.#group(task, open))}
        ${returned.length ? this.#sent_back(returned) : nothing}
        ${left.length ? this.#left(left) : nothing}
      </div>`;
  }

  #clear() {
    const { as_of } = this.app.truth();
    const time = as_of > 0 ? moment(as_of, this.app.now()) : '';
    return html`<kezek-empty-note
      picture="check"
      tone="good"
      .heading=${say(time ? 'attention_clear' : 'tasks_none')}
      .text=${time ? say('attention_clear_note', { time }) : say('attention_clear_never')}
    ></kezek-empty-note>`;
  }

  #group(task: Concern['task'], open: readonly Concern[]) {
    const own = open.filter((concern) => concern.task === task);
    if (own.length === 0) return nothing;
    return html`<h2 class="label" id=${task}>${say(`attention_${task}`, { n: own.length })}</h2>
      <ul class="card" aria-labelledby=${task}>
        ${own.map((concern) => this.#line(concern))}
      </ul>`;
  }

  #line({ kind, id, at, state, code }: Concern) {
    const face = FACES[state];
    const path = `/tasks#${kind}/${id}`;
    const { mine, theirs } = this.app.sides(kind, id);
    return html`<li>
      <a class="row" href=${path} @click=${(e: Event) => this.#open(e, path)}>
        <span class="mark ${face.tone}">${icon(face.icon, 19)}</span>
        <div>
          ${title_of_body(this.app, kind, mine ?? theirs)}
          <small>${say(face.words)}</small>
          <small class="why">${reason(code || 'held')}</small>
        </div>
        <time>${moment(at, this.app.now())}</time>
      </a>
    </li>`;
  }

  #open(event: Event, path: string) {
    event.preventDefault();
    this.go(path);
  }

  #left(left: readonly Concern[]) {
    return html`<details>
      <summary class="label">${say('attention_left_list', { n: left.length })}</summary>
      <ul class="card">
        ${left.map((concern) => this.#line(concern))}
      </ul>
    </details>`;
  }

  #returned(): Kept<Violation>[] {
    const me = this.app.me()?.person;
    return this.app
      .all<Violation>('violation')
      .filter(({ body }) => body.officer === me && body.state === 'returned');
  }

  #sent_back(returned: readonly Kept<Violation>[]) {
    const now = this.app.now();
    return html`<h2 class="label" id="returned">
        ${say('attention_returned', { n: returned.length })}
      </h2>
      <ul class="card" aria-labelledby="returned">
        ${returned.map(
          ({ id, body }) => html`<li>
            <a class="row" href="/tasks#violation/${id}"
              @click=${(e: Event) => this.#open(e, `/tasks#violation/${id}`)}>
              <span class="mark warn">${icon('back', 19)}</span>
              <div>
                ${title_of_body(this.app, 'violation', { ...body })}
                <small>${say('returned')}</small>
              </div>
              <time>${moment(body.happened, now)}</time>
            </a>
          </li>`,
        )}
      </ul>`;
  }

  override focus() {
    this.renderRoot.querySelector<HTMLElement>('kezek-page-head')?.focus();
  }
}
